/** The neighbour graph of a part of a problem, with borders, rings and the links that join it. */
import type { Problem } from '../types.js';
import { joinGraph, labelComponents, singletons } from './components.js';
import { editGraph, type MeasuredGraph, NO_EDGES } from './graph.js';
import { linkEnds } from './link-ends.js';
import { findAutomaticLinks } from './links.js';
import type { Network, Places } from './network.js';
import { round } from './sphere.js';

/** `own`: the units that remain, ascending; `at`: new index per unit, −1 for none; `places`: those of the part. O(n + E). */
export function carveGraph(problem: Problem, own: Int32Array, at: Int32Array, places: Places): Network {
  const { graph, outerKm } = keepEdges(problem, own, at);
  const joined = problem.contiguity === 'off';
  const { lngLat, xy } = places;
  const ends = lngLat || xy ? () => linkEnds(singletons(own.length), places)! : null;
  const links = joined ? NO_EDGES : findAutomaticLinks(graph, ends, apartInWhole(problem, own));
  const whole = editGraph(graph, NO_EDGES, links);
  const ring = problem.ring && keepRing(problem.ring, own, at);
  if (ring) for (const u of [...links.u, ...links.v]) ring.fill(-1, 6 * u, 6 * u + 6).fill(-2, 6 * u, 6 * u + 1);
  const ids = (i: number) => problem.ids[own[i]!]!;
  const kept = new Set(problem.links.length > 0 ? Array.from(own, (u) => problem.ids[u]!) : []);
  return {
    offsets: whole.offsets,
    neighbors: whole.neighbors,
    edgeKm: whole.edgeKm,
    outerKm,
    ring,
    links: [
      ...problem.links.filter(([a, b]) => kept.has(a) && kept.has(b)),
      ...Array.from(links.u, (u, e) => [ids(u), ids(links.v[e]!)] as const),
    ],
  };
}

/** What barriers keep apart in the whole, no link joins in the part. Looks when it is first asked. */
function apartInWhole(problem: Problem, own: Int32Array): (i: number, j: number) => boolean {
  let of: Int32Array | null = null;
  return (i, j) => {
    of ??= labelComponents(joinGraph(problem)).of;
    return of[own[i]!] !== of[own[j]!];
  };
}

function keepEdges(
  { offsets, neighbors, edgeKm, outerKm }: Problem,
  own: Int32Array,
  at: Int32Array,
): { graph: MeasuredGraph; outerKm: Float64Array | null } {
  const rows = new Int32Array(own.length + 1);
  own.forEach((u, i) => {
    rows[i + 1] = rows[i]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) if (at[neighbors[e]!]! >= 0) rows[i + 1]!++;
  });
  const slots = rows[own.length]!;
  const kept = new Int32Array(slots);
  const km = edgeKm && new Float64Array(slots);
  const outer = outerKm && new Float64Array(own.length);
  let slot = 0;
  own.forEach((u, i) => {
    let open = outerKm ? outerKm[u]! : 0;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = at[neighbors[e]!]!;
      if (v < 0) {
        open += edgeKm ? edgeKm[e]! : 0;
        continue;
      }
      kept[slot] = v;
      if (km) km[slot] = edgeKm![e]!;
      slot++;
    }
    if (outer) outer[i] = round(open, 6);
  });
  return { graph: { offsets: rows, neighbors: kept, edgeKm: km }, outerKm: outer };
}

/** Neighbours that are left out are none; what the ring did not tell whole it does not tell now. */
function keepRing(ring: Int32Array, own: Int32Array, at: Int32Array): Int32Array {
  const kept = new Int32Array(6 * own.length);
  own.forEach((u, i) => {
    for (let s = 0; s < 6; s++) {
      const v = ring[6 * u + s]!;
      kept[6 * i + s] = v < 0 ? v : at[v]!;
    }
  });
  return kept;
}
