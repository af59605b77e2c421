/** Accounts to cells: which cell each lies in, and what its accounts add up to. */
import { latLngToCell } from 'h3-js';
import type { AccountTable } from './accounts.js';
import { keyOf } from './cell-keys.js';

/** Key of the cell of each account. O(accounts). */
export function locateAccounts(accounts: AccountTable, resolution: number): Float64Array {
  const cells = new Float64Array(accounts.count);
  for (let a = 0; a < accounts.count; a++) {
    cells[a] = keyOf(latLngToCell(accounts.lngLat[2 * a + 1]!, accounts.lngLat[2 * a]!, resolution));
  }
  return cells;
}

/** Accounts by unit: those of unit u are `order[offsets[u]] … order[offsets[u + 1] - 1]`, ascending. */
export interface UnitAccounts {
  readonly offsets: Int32Array;
  readonly order: Int32Array;
}

export function groupByUnit(accountUnit: Int32Array, units: number): UnitAccounts {
  const offsets = new Int32Array(units + 1);
  for (const u of accountUnit) offsets[u + 1]!++;
  for (let u = 0; u < units; u++) offsets[u + 1]! += offsets[u]!;
  const next = offsets.slice();
  const order = new Int32Array(accountUnit.length);
  for (let a = 0; a < accountUnit.length; a++) order[next[accountUnit[a]!]!++] = a;
  return { offsets, order };
}

/**
 * Sums per unit of one measure, `values[a]` per account. Adds in ascending order of the values, so that the order of
 * the accounts in the input does not show in the last bit. O(A log A).
 */
export function sumByUnit(values: Float64Array, { offsets, order }: UnitAccounts): Float64Array {
  const units = offsets.length - 1;
  const sums = new Float64Array(units);
  const sorted = Float64Array.from(order, (a) => values[a]!);
  for (let u = 0; u < units; u++) {
    const own = sorted.subarray(offsets[u]!, offsets[u + 1]!).sort();
    let sum = 0;
    for (let i = 0; i < own.length; i++) sum += own[i]!;
    sums[u] = sum;
  }
  return sums;
}
