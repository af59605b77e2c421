/** The territories of a plan as the units of a smaller problem, so that a search can put them together. */
import { groupUnits } from '../metrics/members.js';
import { fromKm, hasPositions, positionsKm } from '../metrics/positions.js';
import { weightedMean } from '../metrics/weighted-mean.js';
import { unitWeights } from '../metrics/weights.js';
import type { Problem } from '../types.js';
import { singletons } from './components.js';
import { buildGraph, editGraph, type MeasuredGraph, NO_EDGES } from './graph.js';
import { linkEnds } from './link-ends.js';
import { findAutomaticLinks } from './links.js';
import { NO_ACCOUNTS } from './no-accounts.js';

/**
 * A problem with one unit per part, where `partOf` gives the part of each unit (−1 for none) and `ids` names the parts.
 * A part carries what its units carry and lies at their weighted centre; parts are neighbours when some of their units
 * are, and what is still apart is joined by the shortest links. There are no accounts, no demands, no today and no geometry. The
 * cost is inertia alone, or cut edges where there are no positions. Targets are left as they are: they are for the
 * caller to replace. O(n + E + M n).
 */
export function mergeUnits(problem: Problem, partOf: Int32Array, ids: readonly string[]): Problem {
  const { measures, objective } = problem;
  const n = partOf.length;
  const count = ids.length;
  const activity = new Float64Array(measures.length * count);
  for (let m = 0; m < measures.length; m++) {
    for (let u = 0; u < n; u++) {
      const part = partOf[u]!;
      if (part >= 0) activity[m * count + part]! += problem.activity[m * n + u]!;
    }
  }
  const placed = hasPositions(problem);
  const places = placed ? partPlaces(problem, partOf, count) : null;
  const planar = objective.distance === 'planar';
  const lngLat = planar ? null : places;
  const xy = planar ? places : null;
  const graph = joinParts(problem, partGraph(problem, partOf, count), { lngLat, xy });
  return {
    ...problem,
    resolution: null,
    ids,
    activity,
    lngLat,
    xy,
    areaKm2: null,
    edgeKm: null,
    outerKm: null,
    ring: null,
    offsets: graph.offsets,
    neighbors: graph.neighbors,
    links: graph.links.map(([a, b]) => [ids[a]!, ids[b]!] as const),
    objective: {
      ...objective,
      inertia: placed ? 1 : 0,
      cutEdges: placed ? 0 : 1,
      borderKm: 0,
      disruption: 0,
      mix: 0,
      power: 2,
      center: 'centroid',
    },
    pinned: null,
    demands: null,
    levels: [],
    todayIds: problem.territories.map(({ id }) => id),
    today: null,
    ...NO_ACCOUNTS,
  };
}

/** `[lng, lat]` or `[x, y]` per part. A part without units lies where all of them have their centre. */
function partPlaces(problem: Problem, partOf: Int32Array, count: number): Float64Array {
  const { distance } = problem.objective;
  const points = positionsKm(problem);
  const weights = unitWeights(problem);
  const members = groupUnits(partOf, count);
  const places = new Float64Array(2 * count);
  for (let part = 0; part < count; part++) {
    const own = members.units.subarray(members.offsets[part]!, members.offsets[part + 1]!);
    const units = own.length > 0 ? own : singletons(partOf.length);
    const mean = weightedMean(points, weights, units);
    // Opposite places cancel out; then the first of them is as good as any.
    const lost = distance === 'great-circle' && mean.reduce((sum, x) => sum + x * x, 0) < 1e-12;
    const [x, y, z] = lost ? points.subarray(3 * units[0]!, 3 * units[0]! + 3) : mean;
    places.set(fromKm(x!, y!, z!, distance), 2 * part);
  }
  return places;
}

function partGraph({ offsets, neighbors }: Problem, partOf: Int32Array, count: number): MeasuredGraph {
  const u: number[] = [];
  const v: number[] = [];
  const seen = new Set<number>();
  for (let i = 0; i < partOf.length; i++) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      const [a, b] = [partOf[i]!, partOf[neighbors[e]!]!];
      if (a < 0 || a >= b || seen.has(a * count + b)) continue;
      seen.add(a * count + b);
      u.push(a);
      v.push(b);
    }
  }
  const edges = { count: u.length, u: Int32Array.from(u), v: Int32Array.from(v) };
  return { ...buildGraph(count, edges), edgeKm: null };
}

function joinParts(
  { contiguity, objective }: Problem,
  graph: MeasuredGraph,
  places: { readonly lngLat: Float64Array | null; readonly xy: Float64Array | null },
) {
  const count = graph.offsets.length - 1;
  const { distance } = objective;
  const ends = places.lngLat || places.xy ? () => linkEnds(singletons(count), { ...places, distance })! : null;
  const links = contiguity === 'off' ? NO_EDGES : findAutomaticLinks(graph, ends, () => false);
  const pairs = Array.from(links.u, (u, e) => [u, links.v[e]!] as const);
  return { ...editGraph(graph, NO_EDGES, links), links: pairs };
}
