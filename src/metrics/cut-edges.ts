/**
 * Neighbouring pairs in different territories. Declared edges and links count, for they are the graph that was asked
 * for; automatic links do not. A pair of unassigned units is not cut.
 */
import type { Problem } from '../types.js';
import type { Basis } from './basis.js';

/** Borders of one territory, or of the unassigned units, with others. Over all of them everything counts twice. */
export interface Cuts {
  /** Slots to units elsewhere. */
  readonly cutSlots: number;
  /** Length of these borders in km; 0 where edges have no lengths. Links have none, and the outside does not count. */
  readonly borderKm: number;
}

/** Of territory `t` (−1: the unassigned units). O(units + slots). */
export function measureCuts(
  { offsets, neighbors, edgeKm }: Problem,
  assignment: Int32Array,
  t: number,
  units: Int32Array,
): Cuts {
  let cutSlots = 0;
  let borderKm = 0;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    for (let e = offsets[u]!, end = offsets[u + 1]!; e < end; e++) {
      if (assignment[neighbors[e]!] === t) continue;
      cutSlots++;
      if (edgeKm) borderKm += edgeKm[e]!;
    }
  }
  return { cutSlots, borderKm };
}

/** Automatic links that are cut. O(links). */
export function countCutLinks({ linkEnds }: Basis, assignment: Int32Array): number {
  let cut = 0;
  for (let i = 0; i < linkEnds.length; i += 2) if (assignment[linkEnds[i]!] !== assignment[linkEnds[i + 1]!]) cut++;
  return cut;
}
