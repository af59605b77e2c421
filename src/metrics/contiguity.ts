import type { Problem } from '../types.js';

/**
 * Connected components of every territory over the problem's graph (links included, barriers left out), length k;
 * 0 for an empty territory. Flood fill with one queue for all territories. O(n + E).
 */
export function countComponents(problem: Problem, assignment: Int32Array): Int32Array {
  const { offsets, neighbors } = problem;
  const components = new Int32Array(problem.territories.length);
  const seen = new Uint8Array(assignment.length);
  const queue = new Int32Array(assignment.length);
  for (let start = 0; start < assignment.length; start++) {
    const t = assignment[start]!;
    if (t < 0 || seen[start]) continue;
    components[t]!++;
    seen[start] = 1;
    queue[0] = start;
    let head = 0;
    let tail = 1;
    while (head < tail) {
      const u = queue[head++]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbors[e]!;
        if (seen[v] || assignment[v] !== t) continue;
        seen[v] = 1;
        queue[tail++] = v;
      }
    }
  }
  return components;
}

/** Components beyond the first, over all territories. */
export function extraComponents(components: Int32Array): number {
  return components.reduce((extra, count) => extra + Math.max(0, count - 1), 0);
}
