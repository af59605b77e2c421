import type { Problem, UnitId } from '../types.js';

/**
 * Neighbouring pairs in different territories. Declared edges and links count, for they are the graph that was asked
 * for; automatic links do not. A pair of unassigned units is not cut. O(n + E).
 */
export function countCutEdges(problem: Problem, assignment: Int32Array): number {
  const { offsets, neighbors } = problem;
  let cut = 0;
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbors[e]!;
      if (u < v && assignment[v] !== t) cut++;
    }
  }
  return cut - cutLinks(problem, assignment);
}

/** Automatic links among the cut pairs. */
function cutLinks(problem: Problem, assignment: Int32Array): number {
  if (problem.links.length === 0) return 0;
  const index = new Map<UnitId, number>();
  for (const [a, b] of problem.links) index.set(a, -1).set(b, -1);
  for (let u = 0; u < problem.ids.length; u++) if (index.has(problem.ids[u]!)) index.set(problem.ids[u]!, u);
  return problem.links.filter(([a, b]) => assignment[index.get(a)!] !== assignment[index.get(b)!]).length;
}
