/** Changes of a plan: how they follow from each other, and how they are taken back. */
import type { Changes, PlanTally } from '../metrics/plan-tally.js';
import { usualServer } from '../metrics/served-accounts.js';
import type { PlanState } from '../metrics/territory-tally.js';

const NONE = new Int32Array(0);

export const NO_CHANGES: Changes = { units: NONE, unitTo: NONE, accounts: NONE, accountTo: NONE };

export function isEmpty(changes: Changes): boolean {
  return changes.units.length === 0 && changes.accounts.length === 0;
}

/** Moves `units`, ascending and each once, to one territory; those that are there already do not move. */
export function moveUnits({ assignment }: PlanState, units: Int32Array, to: number): Changes {
  const moving = units.filter((u) => assignment[u] !== to);
  return { ...NO_CHANGES, units: moving, unitTo: new Int32Array(moving.length).fill(to) };
}

/** Moves each of `units`, ascending and each once, to the territory of its position. */
export function moveUnitsTo({ assignment }: PlanState, units: Int32Array, to: (i: number) => number): Changes {
  const targets = units.map((_, i) => to(i));
  const moves = (i: number) => assignment[units[i]!] !== targets[i];
  return { ...NO_CHANGES, units: units.filter((_, i) => moves(i)), unitTo: targets.filter((_, i) => moves(i)) };
}

/**
 * Lays `accounts`, ascending and each once, over a territory, −1 to go back to where they usually are. One that is there
 * anyway is not laid.
 */
export function moveAccounts(tally: PlanTally, accounts: Int32Array, to: number): Changes {
  const { assignment, basis } = tally;
  const target = (a: number) => (usualServer(basis, assignment, a) === to ? -1 : to);
  const moving = accounts.filter((a) => (tally.accounts?.[a] ?? -1) !== target(a));
  return { ...NO_CHANGES, accounts: moving, accountTo: moving.map(target) };
}

/** What leads from one plan to another. O(n + A). */
export function differences(from: PlanState, to: PlanState): Changes {
  const units = indicesWhere(from.assignment.length, (u) => from.assignment[u] !== to.assignment[u]);
  const laid = (state: PlanState, a: number) => state.accounts?.[a] ?? -1;
  const count = (from.accounts ?? to.accounts ?? NONE).length;
  const accounts = indicesWhere(count, (a) => laid(from, a) !== laid(to, a));
  return {
    units,
    unitTo: units.map((u) => to.assignment[u]!),
    accounts,
    accountTo: accounts.map((a) => laid(to, a)),
  };
}

/** What takes the changes back when `before` is the plan that they apply to. */
export function invert(changes: Changes, before: PlanState): Changes {
  return {
    ...changes,
    unitTo: changes.units.map((u) => before.assignment[u]!),
    accountTo: changes.accounts.map((a) => before.accounts?.[a] ?? -1),
  };
}

/** Both changes as one. */
export function join(first: Changes, second: Changes): Changes {
  const [units, unitTo] = joinMoves(first.units, first.unitTo, second.units, second.unitTo);
  const [accounts, accountTo] = joinMoves(first.accounts, first.accountTo, second.accounts, second.accountTo);
  return { units, unitTo, accounts, accountTo };
}

function joinMoves(a: Int32Array, aTo: Int32Array, b: Int32Array, bTo: Int32Array): [Int32Array, Int32Array] {
  const last = new Map<number, number>();
  a.forEach((i, at) => {
    last.set(i, aTo[at]!);
  });
  b.forEach((i, at) => {
    last.set(i, bTo[at]!);
  });
  const moving = Int32Array.from(last.keys()).sort();
  return [moving, moving.map((i) => last.get(i)!)];
}

function indicesWhere(count: number, holds: (i: number) => boolean): Int32Array {
  let size = 0;
  for (let i = 0; i < count; i++) if (holds(i)) size++;
  const found = new Int32Array(size);
  for (let i = count - 1; size > 0; i--) if (holds(i)) found[--size] = i;
  return found;
}
