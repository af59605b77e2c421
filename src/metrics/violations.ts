/** Everything in which a plan breaks what the problem demands, each with one sentence that says so. */
import type { Problem, Violation } from '../types.js';
import { excessOf } from './balance.js';
import type { Basis } from './basis.js';
import { listSplit, territoryDemands } from './demands/find-broken.js';
import { percent, show } from './wording.js';

/** What a territory is judged by. */
export interface Judged {
  readonly units: Int32Array;
  /** Length M. */
  readonly loads: Float64Array;
  readonly components: number;
  /** Accounts that the plan lays over it. */
  readonly guests: Int32Array;
}

/** Of one territory, in this order: empty, balance per measure, contiguity, locked, pinned, permit. O(M + units). */
export function territoryViolations(basis: Basis, t: number, judged: Judged): Violation[] {
  const { problem } = basis;
  const territory = problem.territories[t]!.id;
  const found: Violation[] = [];
  const add = (kind: Violation['kind'], amount: number, message: string, measure: string | null = null) =>
    found.push({ kind, territory, measure, amount, message });
  const { units, loads, components } = judged;
  if (units.length === 0) add('empty', 1, `${territory} has no units.`);
  for (let m = 0; m < loads.length; m++) {
    const amount = excessOf(problem, loads[m]!, m * problem.territories.length + t);
    if (amount > 0) add('balance', amount, describeBalance(problem, t, m, judged, amount), problem.measures[m]!);
  }
  if (problem.territories[t]!.contiguous && components > 1) {
    add('contiguity', components - 1, `${territory} is in ${components} separate pieces.`);
  }
  if (problem.territories[t]!.locked && problem.today) {
    const kept = countKept(problem.today, t, units);
    const gained = units.length - kept;
    const lost = basis.todayUnits[t]! - kept;
    const message = `${territory} is locked, but gains ${count(gained)} and loses ${count(lost)}.`;
    if (gained + lost > 0) add('locked', gained + lost, message);
  }
  found.push(...territoryDemands(basis, t, judged));
  return found;
}

/** Of the units without a territory, ascending. */
export function unassignedViolation({ ids }: Problem, units: Int32Array): Violation[] {
  const amount = units.length;
  if (amount === 0) return [];
  const first = ids[units[0]!]!;
  const message =
    amount === 1 ? `Unit ${first} has no territory.` : `${amount} units have no territory; the first is ${first}.`;
  return [{ kind: 'unassigned', territory: null, measure: null, amount, message }];
}

/** Groups of accounts that several territories serve. `groupsOf`: the groups in each territory. O(k + their number). */
export function groupViolations({ groups, territories }: Problem, groupsOf: readonly Int32Array[]): Violation[] {
  return [...listSplit(groups.length, groupsOf)].map(([g, holders]) => {
    const names = holders.map((t) => territories[t]!.id);
    const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
    const message = `Group ${groups[g]} is split over ${names.length} territories: ${shown}.`;
    return { kind: 'group', territory: null, measure: null, amount: names.length - 1, message };
  });
}

/** What the search minimises first: the sum of all amounts but those of groups of accounts. */
export function totalViolation(violations: readonly Violation[]): number {
  return violations.reduce((sum, v) => (v.kind === 'group' ? sum : sum + v.amount), 0);
}

function countKept(today: Int32Array, t: number, units: Int32Array): number {
  let kept = 0;
  for (let i = 0; i < units.length; i++) if (today[units[i]!] === t) kept++;
  return kept;
}

function describeBalance(problem: Problem, t: number, m: number, { units, loads }: Judged, amount: number): string {
  const i = m * problem.territories.length + t;
  const measure = problem.measures[m]!;
  const load = loads[m]!;
  const above = load > problem.upper[i]!;
  const bound = above ? problem.upper[i]! : problem.lower[i]!;
  const what =
    `${problem.territories[t]!.id} has ${show(load)} ${measure}, ${above ? 'above' : 'below'} its ` +
    `${above ? 'upper' : 'lower'} bound of ${show(bound)} by ${percent(amount)} of its target.`;
  const heavy = above ? heaviestUnit(problem, units, m) : -1;
  const weight = heavy < 0 ? 0 : problem.activity[m * problem.ids.length + heavy]!;
  if (weight <= bound) return what;
  return `${what} Its unit ${problem.ids[heavy]} alone has ${show(weight)}, more than the bound allows.`;
}

function heaviestUnit(problem: Problem, units: Int32Array, m: number): number {
  const base = m * problem.ids.length;
  let heaviest = -1;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    if (heaviest < 0 || problem.activity[base + u]! > problem.activity[base + heaviest]!) heaviest = u;
  }
  return heaviest;
}

function count(units: number): string {
  return units === 1 ? '1 unit' : `${units} units`;
}
