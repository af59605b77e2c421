/**
 * Neighbouring pairs in different territories. Declared edges and links count, for they are the graph that was asked
 * for; automatic links do not. A pair of unassigned units is not cut.
 */
import type { Problem } from '../types.js';
import type { Basis } from './basis.js';

/** Slots from units of territory `t` (−1: the unassigned) to others. Over all of them every cut edge counts twice. */
export function countCutSlots({ offsets, neighbors }: Problem, assignment: Int32Array, t: number, units: Int32Array) {
  let cut = 0;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) if (assignment[neighbors[e]!] !== t) cut++;
  }
  return cut;
}

/** Automatic links that are cut. O(links). */
export function countCutLinks({ linkEnds }: Basis, assignment: Int32Array): number {
  let cut = 0;
  for (let i = 0; i < linkEnds.length; i += 2) if (assignment[linkEnds[i]!] !== assignment[linkEnds[i + 1]!]) cut++;
  return cut;
}
