import type { Problem } from '../types.js';

/** Which territories touch: per territory the touching ones in ascending order, and the edges they share. */
export interface TerritoryGraph {
  readonly neighbors: readonly Int32Array[];
  /** Neighbouring pairs of units on the common border, parallel to `neighbors`. */
  readonly edges: readonly Int32Array[];
}

/** The neighbour graph of `count` territories under an assignment (length n, −1 unassigned). O(E). */
export function buildTerritoryGraph(problem: Problem, assignment: Int32Array, count: number): TerritoryGraph {
  const shared = new Map<number, number>();
  const { offsets, neighbors } = problem;
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    if (t < 0) continue;
    for (let slot = offsets[u]!; slot < offsets[u + 1]!; slot++) {
      const other = assignment[neighbors[slot]!]!;
      if (other < 0 || other === t) continue;
      const key = t * count + other;
      shared.set(key, (shared.get(key) ?? 0) + 1);
    }
  }
  const lists = Array.from({ length: count }, (): number[] => []);
  const counts = Array.from({ length: count }, (): number[] => []);
  for (const key of [...shared.keys()].sort((a, b) => a - b)) {
    const t = Math.floor(key / count);
    lists[t]!.push(key % count);
    counts[t]!.push(shared.get(key)!);
  }
  return { neighbors: lists.map((list) => Int32Array.from(list)), edges: counts.map((list) => Int32Array.from(list)) };
}
