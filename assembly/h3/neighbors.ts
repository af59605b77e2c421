// The neighbours of a cell, by arithmetic on its digits. Steps inside a base cell are sums of digits; a step out of it
// turns the digits to the grid of the next one. Around a pentagon one of six directions is missing: whoever would step
// into it has come around the corner and turns by one more direction, to the side that the seam is sewn to.

import { baseNeighbor, baseTurns, isPentagonBase, MISSING, wayBack } from './base-cells';
import { addStep, carried, leadingDigit, RING, turnDigits } from './digits';

/** No cell. */
export const NONE: u64 = u64.MAX_VALUE;

/** The digits at the two sides of the missing one, anticlockwise before and behind it. */
const BEFORE: i32 = 3;
const BEHIND: i32 = 5;

/** Key of the neighbour along `digit`; `NONE` where a pentagon lacks it. */
export function neighborAlong(key: u64, resolution: i32, digit: i32): u64 {
  const shift: u64 = 3 * resolution;
  const base = <i32>(key >> shift);
  const moved = addStep(key, resolution, digit);
  const mask = ((<u64>1) << shift) - 1;
  const pentagon = isPentagonBase(base);
  if (carried == 0) {
    if (!pentagon || leadingDigit(moved & mask) != MISSING) return moved;
    const leading = leadingDigit(key & mask);
    if (leading == 0) return NONE;
    return (moved & ~mask) | turnDigits(moved & mask, resolution, sewnTurn(leading));
  }

  let digits = moved & mask;
  let out = carried;
  if (pentagon && out == MISSING) {
    const leading = leadingDigit(key & mask);
    if (leading == 0) return NONE;
    digits = turnDigits(digits, resolution, sewnTurn(leading));
    out = leading == BEFORE ? BEHIND : BEFORE;
  }
  const next = baseNeighbor(base, out);
  digits = turnDigits(digits, resolution, baseTurns(base, out));
  if (isPentagonBase(next) && leadingDigit(digits) == MISSING) {
    digits = turnDigits(digits, resolution, sewnTurn(wayBack(base, out)));
  }
  return ((<u64>next) << shift) | digits;
}

/** Turns past the seam for what comes from the side of `digit`. */
function sewnTurn(digit: i32): i32 {
  assert(digit == BEFORE || digit == BEHIND);
  return digit == BEFORE ? 1 : 5;
}

export function isPentagon(key: u64, resolution: i32): bool {
  const shift: u64 = 3 * resolution;
  return (key & (((<u64>1) << shift) - 1)) == 0 && isPentagonBase(<i32>(key >> shift));
}

/** The neighbours in the order of `RING`, `NONE` where there is none. */
export const around: StaticArray<u64> = new StaticArray<u64>(6);

/** Writes `around`; whether the order is a ring: H3 knows none on pentagons and beside them. */
export function lookAround(key: u64, resolution: i32): bool {
  let ordered = !isPentagon(key, resolution);
  for (let s = 0; s < 6; s++) {
    const neighbor = neighborAlong(key, resolution, RING[s]);
    around[s] = neighbor;
    if (neighbor != NONE && isPentagon(neighbor, resolution)) ordered = false;
  }
  return ordered;
}
