import { todayHoldings } from '../metrics/disruption.js';
import type { Problem } from '../types.js';

/** Per unit, the territories that serve it today and how much weight each holds: CSR by unit. */
export interface TodayEntries {
  readonly offsets: Int32Array;
  readonly territory: Int32Array;
  readonly value: Float64Array;
}

/** Today's holdings summed by unit and territory. Empty without today's plan. O(n + A log A). */
export function listTodayEntries(problem: Problem): TodayEntries {
  const n = problem.ids.length;
  const offsets = new Int32Array(n + 1);
  const holdings = todayHoldings(problem);
  if (!holdings) return { offsets, territory: new Int32Array(0), value: new Float64Array(0) };
  const { today, unit, weights } = holdings;
  const unitOf = (i: number) => (unit ? unit[i]! : i);
  const held: number[] = [];
  for (let i = 0; i < today.length; i++) if (today[i]! >= 0) held.push(i);
  held.sort((a, b) => unitOf(a) - unitOf(b) || today[a]! - today[b]! || a - b);

  const territory: number[] = [];
  const value: number[] = [];
  let last = -1;
  for (const i of held) {
    const u = unitOf(i);
    if (u === last && territory.at(-1) === today[i]) {
      value[value.length - 1]! += weights[i]!;
      continue;
    }
    territory.push(today[i]!);
    value.push(weights[i]!);
    offsets[u + 1]!++;
    last = u;
  }
  for (let u = 0; u < n; u++) offsets[u + 1]! += offsets[u]!;
  return { offsets, territory: Int32Array.from(territory), value: Float64Array.from(value) };
}
