import type { Problem } from '../types.js';

/**
 * Length of the borders between territories in km, each stretch once; those to unassigned units count, the outside does
 * not. Links have no length. null where edges have no lengths. O(n + E).
 */
export function measureBorder(problem: Problem, assignment: Int32Array): number | null {
  const { offsets, neighbors, edgeKm } = problem;
  if (!edgeKm) return null;
  let km = 0;
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbors[e]!;
      if (u < v && assignment[v] !== t) km += edgeKm[e]!;
    }
  }
  return km;
}
