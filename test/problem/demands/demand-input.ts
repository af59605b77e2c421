/** A small problem of accounts on a row of cells, to which tests add demands. */
import { cellToLatLng, gridPathCells, latLngToCell } from 'h3-js';
import type { Account, ProblemInput } from '../../../src/types.js';

/** Seven cells in a row, west to east. */
export const ROW: readonly string[] = gridPathCells(latLngToCell(40, -100, 5), latLngToCell(40, -98.6, 5)).slice(0, 7);

/** An account in the middle of the `at`-th cell of the row. */
export function accountAt(at: number, extra: Partial<Account> = {}): Account {
  const [lat, lng] = cellToLatLng(ROW[at]!);
  return { lat, lng, activity: { hours: 1 }, ...extra };
}

/** Accounts a0 … a6, one per cell; two territories, Ann in the west and Ben in the east. */
export function rowInput(extra: Partial<ProblemInput> = {}): ProblemInput {
  return {
    accounts: ROW.map((_, i) => accountAt(i, { id: `a${i}`, territory: i < 3 ? 'Ann' : 'Ben' })),
    resolution: 5,
    territories: [{ id: 'Ann' }, { id: 'Ben' }],
    balance: { hours: { tolerance: 0.5 } },
    ...extra,
  };
}
