import type { Problem } from '../types.js';

/**
 * Length in km of the borders of territory `t` (−1: the unassigned units) with others; the outside does not count. Links
 * have no length. Over all of them every stretch counts twice. 0 where edges have no lengths. O(units + slots).
 */
export function measureBorder(
  { offsets, neighbors, edgeKm }: Problem,
  assignment: Int32Array,
  t: number,
  units: Int32Array,
) {
  let km = 0;
  if (!edgeKm) return km;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) if (assignment[neighbors[e]!] !== t) km += edgeKm[e]!;
  }
  return km;
}
