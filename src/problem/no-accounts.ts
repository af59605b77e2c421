/** What a problem says of accounts where it has none. `NO_NAMED_ACCOUNTS` leaves open what a search reads of them. */

export const NO_NAMED_ACCOUNTS = {
  accountCount: null,
  accountIds: null,
  accountLngLat: null,
  accountGroup: null,
  groups: [],
  accountClass: null,
  classes: [],
  accountFamily: null,
  families: [],
  accountMonths: null,
  outside: null,
} as const;

export const NO_ACCOUNTS = {
  ...NO_NAMED_ACCOUNTS,
  accountUnit: null,
  accountTerritory: null,
  accountActivity: null,
} as const;
