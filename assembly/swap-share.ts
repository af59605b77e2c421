// How often a unit is proposed in a swap rather than a shift. A unit that crosses a good part of the balance band at once
// can only change sides against another: heavy places among light ones need swaps where the rest of the map does not.

import { freshArray } from './fresh-array';
import { activity, inverseTarget, lower, measureCount, territoryCount, unitCount, upper } from './problem';

/** Share of proposals that are swaps, of 256, per unit. */
let share: StaticArray<u8> = new StaticArray<u8>(0);

/** Shares for a unit of more than half the band's width, of more than a tenth, and for all others. */
const HEAVY: u8 = 128;
const MIDDLING: u8 = 64;
const LIGHT: u8 = 8;

export function allocateSwapShares(): void {
  share = freshArray<u8>(unitCount);
}

/** From the narrowest band of each measure, relative to the usual target. Once per problem. */
export function deriveSwapShares(): void {
  const M = measureCount;
  share.fill(LIGHT);
  for (let m = 0; m < M; m++) {
    let width = Infinity;
    let inverse: f64 = 0;
    for (let t = 0; t < territoryCount; t++) {
      const i = t * M + m;
      width = min(width, (upper[i] - lower[i]) * inverseTarget[i]);
      inverse += inverseTarget[i];
    }
    inverse /= <f64>territoryCount;
    for (let u = 0; u < unitCount; u++) {
      const amount = activity[u * M + m] * inverse;
      share[u] = max(share[u], amount > 0.5 * width ? HEAVY : amount > 0.1 * width ? MIDDLING : LIGHT);
    }
  }
}

/** Whether unit `u` is to be swapped, by a random word. */
// @ts-ignore: decorator
@inline
export function swaps(u: i32, random: u32): bool {
  return random >>> 24 < <u32>share[u];
}
