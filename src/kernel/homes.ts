/** Where each unit may go, as the kernel is told: one territory, some, or any. */
import type { Problem } from '../types.js';

export interface UnitHomes {
  /** Territory of units that may not move, else −1; length n. */
  readonly initial: Int32Array;
  /** Row of `allowed` per unit, −1 where every territory may serve it; null without permits. */
  readonly permitRow: Int32Array | null;
  /** 1 where a territory may serve the row's units, rows × k; locked ones may not. */
  readonly allowed: Uint8Array;
  /** What every plan violates: units that cannot be where they should. */
  readonly unavoidable: number;
}

/**
 * Locks come first, then pins, then permits: a unit with one permitted territory that is not locked stays there, one
 * with none may go anywhere, and each demand that this breaks is counted. O(n + rows · k).
 */
export function homesOf(problem: Problem): UnitHomes {
  const { territories, today, pinned, demands } = problem;
  const n = problem.ids.length;
  const k = territories.length;
  const isLocked = (t: number) => t >= 0 && t < k && territories[t]!.locked;
  const initial = new Int32Array(n).fill(-1);
  let unavoidable = 0;
  for (let u = 0; u < n; u++) {
    const held = today ? today[u]! : -1;
    const pin = pinned ? pinned[u]! : -1;
    if (isLocked(held)) {
      initial[u] = held;
      if (pin >= 0 && pin !== held) unavoidable++;
    } else if (pin >= 0) {
      initial[u] = pin;
      if (isLocked(pin) && today) unavoidable++;
    }
  }
  const permits = demands?.permits;
  if (!permits) return { initial, permitRow: null, allowed: new Uint8Array(0), unavoidable };

  const allowed = permits.allowed.map((may, i) => (may && !territories[i % k]!.locked ? 1 : 0));
  const counts = new Int32Array(allowed.length / k);
  for (let i = 0; i < allowed.length; i++) counts[Math.floor(i / k)]! += allowed[i]!;
  const open = territories.filter(({ locked }) => !locked).length;
  const permitRow = new Int32Array(n).fill(-1);
  for (let u = 0; u < n; u++) {
    const row = permits.row[u]!;
    if (row < 0) continue;
    if (initial[u]! >= 0) {
      if (!permits.allowed[row * k + initial[u]!]) unavoidable++;
    } else if (counts[row] === 0) unavoidable++;
    else if (counts[row] === 1) initial[u] = allowed.indexOf(1, row * k) - row * k;
    else if (counts[row]! < open) permitRow[u] = row;
  }
  return { initial, permitRow: permitRow.some((row) => row >= 0) ? permitRow : null, allowed, unavoidable };
}
