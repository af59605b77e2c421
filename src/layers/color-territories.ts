import type { Plan, Problem } from '../types.js';
import { TERRITORY_COLORS } from './palette.js';
import { buildTerritoryGraph, type TerritoryGraph } from './territory-graph.js';

/** The parts of a plan that a map needs; today's reps as a map have them too. */
export type TerritoryMap = Pick<Plan, 'assignment' | 'territories'>;

const UNCOLORED = 255;
const COLOR_COUNT = TERRITORY_COLORS.length;

/**
 * A colour for each territory, as an index into `TERRITORY_COLORS`, such that neighbours differ: DSATUR (Brélaz 1979)
 * on the territory graph, ties by territory index. Contiguous plans need at most five colours in practice. Where even
 * seven do not suffice (scattered territories), a territory takes the colour with the shortest common border.
 *
 * @param previous Colours of the plan before. A territory keeps its colour unless it now touches one of the same colour.
 * Ignored when its length is not the number of territories.
 * @returns Length = number of territories. Cost O(E + k²).
 */
export function colorTerritories(problem: Problem, plan: TerritoryMap, previous?: Uint8Array | null): Uint8Array {
  const count = plan.territories.length;
  const graph = buildTerritoryGraph(problem, plan.assignment, count);
  const colors = new Uint8Array(count).fill(UNCOLORED);
  if (previous?.length === count) keepColors(graph, previous, colors);
  for (let t = nextTerritory(graph, colors); t >= 0; t = nextTerritory(graph, colors)) {
    colors[t] = freeColor(graph, colors, t);
  }
  return colors;
}

/** Copies the previous colours; of two neighbours with one colour, the one with fewer neighbours loses it. */
function keepColors(graph: TerritoryGraph, previous: Uint8Array, colors: Uint8Array): void {
  for (let t = 0; t < colors.length; t++) colors[t] = previous[t]! < COLOR_COUNT ? previous[t]! : UNCOLORED;
  for (let t = 0; t < colors.length; t++) {
    for (const other of graph.neighbors[t]!) {
      if (colors[t] === UNCOLORED || colors[t] !== colors[other]) continue;
      const loser = graph.neighbors[other]!.length <= graph.neighbors[t]!.length ? other : t;
      colors[loser] = UNCOLORED;
    }
  }
}

/** The uncoloured territory that sees most colours, then the one with most neighbours; −1 when all are coloured. */
function nextTerritory(graph: TerritoryGraph, colors: Uint8Array): number {
  let best = -1;
  let bestSeen = -1;
  for (let t = 0; t < colors.length; t++) {
    if (colors[t] !== UNCOLORED) continue;
    const seen = countBits(seenColors(graph, colors, t));
    const wins = seen > bestSeen || (seen === bestSeen && graph.neighbors[t]!.length > graph.neighbors[best]!.length);
    if (!wins) continue;
    best = t;
    bestSeen = seen;
  }
  return best;
}

/** Bit c is set when a neighbour has colour c. */
function seenColors(graph: TerritoryGraph, colors: Uint8Array, t: number): number {
  let seen = 0;
  for (const other of graph.neighbors[t]!) if (colors[other] !== UNCOLORED) seen |= 1 << colors[other]!;
  return seen;
}

function freeColor(graph: TerritoryGraph, colors: Uint8Array, t: number): number {
  const border = new Int32Array(COLOR_COUNT);
  for (const [index, other] of graph.neighbors[t]!.entries()) {
    const color = colors[other]!;
    if (color !== UNCOLORED) border[color]! += graph.edges[t]![index]!;
  }
  let best = 0;
  for (let color = 1; color < COLOR_COUNT; color++) if (border[color]! < border[best]!) best = color;
  return best;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}
