/** Which demands bound a measure, and from where on a bound is broken. */
import type { Problem } from '../types.js';
import { type DemandName, ROUNDING } from './conflict.js';

/**
 * `'balance'`; of a measure that counts a class of accounts, `'mix'` for lower bounds, and for upper ones the closer of
 * `'mix'` and `'capacity'` in each of the territories.
 */
export function boundDemands(
  { demands, lower, upper, target, territories }: Problem,
  m: number,
  side: 'lower' | 'upper',
  among: readonly number[] = territories.map((_, t) => t),
): DemandName[] {
  if (!demands?.classMeasures.includes(m)) return ['balance'];
  if (side === 'lower') return ['mix'];
  const found = new Set<DemandName>();
  for (const t of among) {
    const i = m * territories.length + t;
    if (upper[i] === Infinity) continue;
    // a mix allows as much more than the target as less
    const mixed = 2 * target[i]! - lower[i]!;
    found.add(mixed === Infinity || upper[i]! < mixed - ROUNDING * mixed ? 'capacity' : 'mix');
  }
  return [...found].sort();
}

/** Bounds as wide as they are taken: what is beyond by less than rounding of the target breaks none. M × k. */
export function widened({ lower, upper, target }: Problem): {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
} {
  const slack = (i: number) => ROUNDING * (target[i]! > 0 ? target[i]! : 1);
  return { lower: lower.map((x, i) => x - slack(i)), upper: upper.map((x, i) => x + slack(i)) };
}
