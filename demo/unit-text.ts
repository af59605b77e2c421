import type { Overlap, Problem } from 'equiterra';
import type { TerritoryMap } from 'equiterra/layers';
import { amount, plural } from './format.js';

const LISTED_ACCOUNTS = 4;
const cache = new WeakMap<Problem, Int32Array[]>();

/** What the map says about the unit under the pointer, line by line, as plain text. */
export function describeUnit(
  problem: Problem,
  unit: number,
  overlap: Overlap | null,
  plan: TerritoryMap | null,
  describeAccount: ((account: number) => string) | undefined,
): string[] {
  const lines: string[] = [];
  const territory = plan ? plan.territories[plan.assignment[unit]!] : undefined;
  if (territory !== undefined) lines.push(`Territory ${territory}`);
  const accounts = accountsOf(problem, unit);
  const n = problem.ids.length;
  const loads = problem.measures.map((name, m) => `${amount(problem.activity[m * n + unit]!)} ${name}`);
  const head = problem.accountIds ? [plural(accounts.length, 'account')] : [];
  lines.push([...head, ...loads].join(' · '));
  if (overlap && overlap.repsPerUnit[unit]! > 0) lines.push(repsText(problem, accounts));
  for (const a of accounts.slice(0, LISTED_ACCOUNTS)) {
    lines.push(describeAccount ? describeAccount(a) : (problem.accountIds?.[a] ?? ''));
  }
  if (accounts.length > LISTED_ACCOUNTS) lines.push(`and ${accounts.length - LISTED_ACCOUNTS} more`);
  lines.push(`${problem.resolution === null ? 'Unit' : 'Cell'} ${problem.ids[unit]}`);
  return lines;
}

function repsText(problem: Problem, accounts: Int32Array): string {
  const reps = new Set<string>();
  for (const a of accounts) {
    const today = problem.accountTerritory?.[a] ?? -1;
    if (today >= 0) reps.add(problem.todayIds[today]!);
  }
  const names = [...reps].slice(0, 5).join(', ');
  return `Today ${plural(reps.size, 'rep')}: ${names}${reps.size > 5 ? ', …' : ''}`;
}

/** Accounts of a unit, heaviest in the first measure first; sorted once per problem. */
function accountsOf(problem: Problem, unit: number): Int32Array {
  const { accountUnit, accountActivity } = problem;
  if (!accountUnit) return new Int32Array(0);
  let lists = cache.get(problem);
  if (!lists) {
    const weight = (a: number): number => accountActivity?.[a] ?? 0;
    const order = Int32Array.from(accountUnit, (_, a) => a).sort((a, b) => weight(b) - weight(a) || a - b);
    const members: number[][] = problem.ids.map(() => []);
    for (const a of order) members[accountUnit[a]!]!.push(a);
    lists = members.map((list) => Int32Array.from(list));
    cache.set(problem, lists);
  }
  return lists[unit]!;
}
