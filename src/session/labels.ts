/** Names of steps whose caller gives none. */
import type { TerritoryId } from '../types.js';

export function describeUnits(count: number, territory: TerritoryId | null): string {
  const what = count === 1 ? '1 unit' : `${count} units`;
  return territory === null ? `Take ${what} from the plan` : `Assign ${what} to ${territory}`;
}

export function describeAccounts(count: number, territory: TerritoryId | null): string {
  const what = count === 1 ? '1 account' : `${count} accounts`;
  return territory === null ? `Let ${what} follow the map` : `Assign ${what} to ${territory}`;
}
