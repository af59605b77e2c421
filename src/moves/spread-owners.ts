import type { Problem } from '../types.js';

/**
 * Today's territory per unit; units that no territory of the problem holds go to the one that is the fewest neighbours
 * away, territory 0 where none can be reached. O(n + E).
 */
export function spreadOwners({ today, territories, offsets, neighbors }: Problem): Int32Array {
  const k = territories.length;
  const owner = today!.map((t) => (t < k ? t : -1));
  const queue: number[] = [];
  for (let u = 0; u < owner.length; u++) if (owner[u]! >= 0) queue.push(u);
  for (let head = 0; head < queue.length; head++) {
    const u = queue[head]!;
    const t = owner[u]!;
    if (territories[t]!.locked) continue;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbors[e]!;
      if (owner[v]! >= 0) continue;
      owner[v] = t;
      queue.push(v);
    }
  }
  const open = Math.max(
    0,
    territories.findIndex(({ locked }) => !locked),
  );
  return owner.map((t) => (t < 0 ? open : t));
}
