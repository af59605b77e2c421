import type { Basis } from './basis.js';

/**
 * Connected components of one territory over the problem's graph (links included, barriers left out); 0 for one without
 * units. Flood fill. O(units + their slots).
 */
export function countComponents({ problem, seen, queue }: Basis, units: Int32Array): number {
  const { offsets, neighbors } = problem;
  // Marks only its own units, so that whatever the work space holds from others does not matter.
  const OUT = 0;
  const OPEN = 1;
  for (let i = 0; i < units.length; i++) seen[units[i]!] = OPEN;
  let components = 0;
  for (let i = 0; i < units.length; i++) {
    const start = units[i]!;
    if (seen[start] === OUT) continue;
    components++;
    seen[start] = OUT;
    queue[0] = start;
    let head = 0;
    let tail = 1;
    while (head < tail) {
      const u = queue[head++]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbors[e]!;
        if (seen[v] === OUT) continue;
        seen[v] = OUT;
        queue[tail++] = v;
      }
    }
  }
  return components;
}
