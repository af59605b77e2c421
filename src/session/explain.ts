/** Why a unit or an account is where it is: every alternative is tried, and what it would break is named. */
import { scoreOf, wholeViolations } from '../metrics/evaluate.js';
import { amendMembers } from '../metrics/members.js';
import type { Changes, KnownTallies, PlanTally } from '../metrics/plan-tally.js';
import { usualServer } from '../metrics/served-accounts.js';
import { tallyPool, tallyTerritory } from '../metrics/territory-tally.js';
import type { Alternative, Explanation, Violation } from '../types.js';
import { moveAccounts, moveUnits } from './changes.js';
import type { Holds } from './holds.js';
import { compareEffects, type Trial, tryChanges } from './trial.js';

/** More than the rounding of amounts. */
const SLACK = 1e-9;

type Reason = Alternative['reasons'][number];

/** O(n + E + k n bytes copied): each territory is counted once with the unit. */
export function explainUnit(tally: PlanTally, holds: Holds, unit: number): Explanation {
  const { problem } = tally.basis;
  const id = problem.ids[unit]!;
  return explain(tally, {
    unit: id,
    account: null,
    from: tally.assignment[unit]!,
    holdsAgainst: (to) => unitHolds(tally, holds, unit, to),
    move: (to) => moveUnits(tally, Int32Array.of(unit), to),
    known: withoutUnit(tally, unit),
  });
}

/** As `explainUnit`, for one account: it would be laid over the other territory. */
export function explainAccount(tally: PlanTally, holds: Holds, account: number): Explanation {
  const { problem } = tally.basis;
  const laid = tally.accounts?.[account] ?? -1;
  const from = laid >= 0 ? laid : usualServer(tally.basis, tally.assignment, account);
  return explain(tally, {
    unit: problem.ids[problem.accountUnit![account]!]!,
    account: problem.accountIds![account]!,
    from,
    holdsAgainst: (to) => [...lockReason(tally, holds, from), ...lockReason(tally, holds, to)],
    move: (to) => moveAccounts(tally, Int32Array.of(account), to),
  });
}

interface Subject {
  readonly unit: string;
  readonly account: string | null;
  readonly from: number;
  /** Locks and pins that keep it from a territory; −1 for none in particular. */
  readonly holdsAgainst: (to: number) => Reason[];
  readonly move: (to: number) => Changes;
  readonly known?: KnownTallies;
}

function explain(tally: PlanTally, { unit, account, from, holdsAgainst, move, known }: Subject): Explanation {
  const { territories } = tally.basis.problem;
  const before = scoreOf(tally);
  const alternatives = territories
    .flatMap(({ id }, to): Alternative[] => {
      if (to === from) return [];
      const trial = tryChanges(tally, before, move(to), known);
      const reasons = [...holdsAgainst(to), ...broken(tally, trial)];
      return [{ territory: id, violation: trial.violation, cost: trial.cost, reasons }];
    })
    .sort(compareEffects);
  const what = account === null ? `Unit ${unit}` : `Account ${account}`;
  const message = explainBest(tally, what, from, holdsAgainst(-1), alternatives);
  return { unit, account, territory: territories[from]?.id ?? null, alternatives, message };
}

/** The territory that the unit leaves is the same wherever it goes: counted once. */
function withoutUnit(tally: PlanTally, unit: number): KnownTallies {
  const { basis, members, guests, pool } = tally;
  const from = tally.assignment[unit]!;
  const at = from < 0 ? members.length - 1 : from;
  const left = amendMembers(members[at]!, (u) => u === unit, new Int32Array(0));
  const assignment = tally.assignment.slice();
  // Any other territory will do.
  assignment[unit] = from < 0 ? 0 : -1;
  const state = { assignment, accounts: tally.accounts };
  if (from < 0) return { territories: [], pool: tallyPool(basis, state, left), metrics: [] };
  const territories = [];
  territories[from] = tallyTerritory(basis, state, from, left, guests[from]!);
  return { territories, pool, metrics: [] };
}

/** Violations that the trial adds or makes larger. */
function broken(before: PlanTally, { after, touched }: Trial): Reason[] {
  const old = new Map(listViolations(before, touched).map((violation) => [keyOf(violation), violation.amount]));
  return listViolations(after, touched)
    .filter((violation) => violation.amount > (old.get(keyOf(violation)) ?? 0) + SLACK)
    .map(({ kind, territory, measure, message }) => ({ kind, territory, measure, message }));
}

function listViolations(tally: PlanTally, touched: readonly number[]): Violation[] {
  return [...touched.flatMap((t) => (tally.territories[t] ?? tally.pool).violations), ...wholeViolations(tally)];
}

/** The sentence about a group begins with its name, which no other part of a violation holds. */
function keyOf({ kind, territory, measure, message }: Violation): string {
  const group = kind === 'group' || kind === 'together' ? message.split(/ is split over | must stay /)[0] : null;
  return JSON.stringify([kind, territory, measure, group]);
}

function unitHolds(tally: PlanTally, holds: Holds, unit: number, to: number): Reason[] {
  const { problem } = tally.basis;
  const home = holds.pins?.[unit] ?? -1;
  const reasons = [...lockReason(tally, holds, tally.assignment[unit]!), ...lockReason(tally, holds, to)];
  if (home < 0 || to === home) return reasons;
  const { id } = problem.territories[home]!;
  const message = `Unit ${problem.ids[unit]} is pinned to ${id}.`;
  return [{ kind: 'pinned', territory: id, measure: null, message }, ...reasons];
}

function lockReason({ basis }: PlanTally, { locks }: Holds, t: number): Reason[] {
  if (!locks.has(t)) return [];
  const { id } = basis.problem.territories[t]!;
  return [{ kind: 'locked', territory: id, measure: null, message: `${id} is locked.` }];
}

function explainBest(
  tally: PlanTally,
  what: string,
  from: number,
  held: readonly Reason[],
  alternatives: readonly Alternative[],
): string {
  const here = tally.basis.problem.territories[from]?.id;
  const place = here === undefined ? `${what} has no territory` : `${what} is in ${here}`;
  if (held.length > 0) return `${place}. ${held.map(({ message }) => message).join(' ')}`;
  const [best] = alternatives;
  if (!best) return `${place}, the only territory.`;
  const { total } = scoreOf(tally).cost;
  const change =
    total > 0 ? `${Number(((100 * Math.abs(best.cost)) / total).toPrecision(3))} % of the cost` : 'nothing';
  const effect = best.cost > 0 ? `would add ${change}` : best.cost < 0 ? `would save ${change}` : 'would cost the same';
  const reason = best.reasons[0];
  const but = reason ? `, but: ${reason.message}` : '.';
  return `${place}. ${best.territory}, the best alternative, ${effect}${but}`;
}
