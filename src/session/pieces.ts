/** Pieces of territories that hang apart. */
import type { PlanTally } from '../metrics/plan-tally.js';

/** The connected components of some units, largest first. O(units + slots). */
export function findPieces({ basis }: PlanTally, units: Int32Array): Int32Array[] {
  const { offsets, neighbors } = basis.problem;
  const open = new Set<number>(units);
  const pieces: Int32Array[] = [];
  for (const start of units) {
    if (!open.delete(start)) continue;
    const piece = [start];
    for (let i = 0; i < piece.length; i++) {
      for (let e = offsets[piece[i]!]!; e < offsets[piece[i]! + 1]!; e++) {
        if (open.delete(neighbors[e]!)) piece.push(neighbors[e]!);
      }
    }
    pieces.push(Int32Array.from(piece).sort());
  }
  return pieces.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}
