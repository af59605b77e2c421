/** Everything in which a plan breaks what the problem demands, each with one sentence that says so. */
import type { Problem, Violation } from '../types.js';
import { excesses } from './balance.js';
import { findBrokenByTerritory, findBrokenWholes } from './demands/find-broken.js';

/**
 * In this order: unassigned, then per territory empty, balance per measure, contiguity, locked, pinned, permit; then
 * groups that must stay together, limits on what changes hands, and groups of accounts.
 * `loads`: `territoryLoads`; `components`: `countComponents`. O(n + A + M k).
 */
export function findViolations(
  problem: Problem,
  assignment: Int32Array,
  loads: Float64Array,
  components: Int32Array,
): Violation[] {
  const changes = countLockedChanges(problem, assignment);
  const excess = excesses(problem, loads);
  const brokenBy = findBrokenByTerritory(problem, assignment);
  const found: Violation[] = [];
  findUnassigned(problem, assignment, found);
  for (let t = 0; t < problem.territories.length; t++) {
    const territory = problem.territories[t]!.id;
    const pieces = components[t]!;
    if (pieces === 0) {
      const message = `${territory} has no units.`;
      found.push({ kind: 'empty', territory, measure: null, amount: 1, message });
    }
    for (let m = 0; m < problem.measures.length; m++) {
      const amount = excess[m * problem.territories.length + t]!;
      if (amount === 0) continue;
      const message = describeBalance(problem, assignment, loads, t, m, amount);
      found.push({ kind: 'balance', territory, measure: problem.measures[m]!, amount, message });
    }
    if (problem.territories[t]!.contiguous && pieces > 1) {
      const message = `${territory} is in ${pieces} separate pieces.`;
      found.push({ kind: 'contiguity', territory, measure: null, amount: pieces - 1, message });
    }
    const gained = changes[2 * t]!;
    const lost = changes[2 * t + 1]!;
    if (gained + lost > 0) {
      const message = `${territory} is locked, but gains ${units(gained)} and loses ${units(lost)}.`;
      found.push({ kind: 'locked', territory, measure: null, amount: gained + lost, message });
    }
    found.push(...brokenBy(t));
  }
  found.push(...findBrokenWholes(problem, assignment));
  findSplitGroups(problem, assignment, found);
  return found;
}

/** What the search minimises first: the sum of all amounts but those of groups of accounts. */
export function totalViolation(violations: readonly Violation[]): number {
  return violations.reduce((sum, v) => (v.kind === 'group' ? sum : sum + v.amount), 0);
}

function findUnassigned(problem: Problem, assignment: Int32Array, found: Violation[]): void {
  const amount = assignment.reduce((sum, t) => sum + (t < 0 ? 1 : 0), 0);
  if (amount === 0) return;
  const first = problem.ids[assignment.findIndex((t) => t < 0)]!;
  const message =
    amount === 1 ? `Unit ${first} has no territory.` : `${amount} units have no territory; the first is ${first}.`;
  found.push({ kind: 'unassigned', territory: null, measure: null, amount, message });
}

/** Units gained and lost by each locked territory, `[gained, lost]` per territory. */
function countLockedChanges(problem: Problem, assignment: Int32Array): Int32Array {
  const k = problem.territories.length;
  const changes = new Int32Array(2 * k);
  const { today } = problem;
  if (!today) return changes;
  for (let u = 0; u < assignment.length; u++) {
    const before = today[u]!;
    const after = assignment[u]!;
    if (before === after) continue;
    if (after >= 0 && problem.territories[after]!.locked) changes[2 * after]!++;
    if (before >= 0 && before < k && problem.territories[before]!.locked) changes[2 * before + 1]!++;
  }
  return changes;
}

function findSplitGroups(problem: Problem, assignment: Int32Array, found: Violation[]): void {
  const { accountGroup, accountUnit, groups, territories } = problem;
  if (!accountGroup || !accountUnit) return;
  const holders = groups.map(() => new Set<number>());
  for (let a = 0; a < accountGroup.length; a++) {
    const t = assignment[accountUnit[a]!]!;
    if (accountGroup[a]! >= 0 && t >= 0) holders[accountGroup[a]!]!.add(t);
  }
  holders.forEach((holder, g) => {
    if (holder.size < 2) return;
    const names = [...holder].sort((a, b) => a - b).map((t) => territories[t]!.id);
    const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
    const message = `Group ${groups[g]} is split over ${names.length} territories: ${shown}.`;
    found.push({ kind: 'group', territory: null, measure: null, amount: names.length - 1, message });
  });
}

function describeBalance(
  problem: Problem,
  assignment: Int32Array,
  loads: Float64Array,
  t: number,
  m: number,
  amount: number,
): string {
  const i = m * problem.territories.length + t;
  const measure = problem.measures[m]!;
  const above = loads[i]! > problem.upper[i]!;
  const bound = above ? problem.upper[i]! : problem.lower[i]!;
  const what =
    `${problem.territories[t]!.id} has ${show(loads[i]!)} ${measure}, ${above ? 'above' : 'below'} its ` +
    `${above ? 'upper' : 'lower'} bound of ${show(bound)} by ${percent(amount)} of its target.`;
  const heavy = above ? heaviestUnit(problem, assignment, t, m) : -1;
  const weight = heavy < 0 ? 0 : problem.activity[m * problem.ids.length + heavy]!;
  if (weight <= bound) return what;
  return `${what} Its unit ${problem.ids[heavy]} alone has ${show(weight)}, more than the bound allows.`;
}

/** Three significant digits: enough to act on. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

function heaviestUnit(problem: Problem, assignment: Int32Array, t: number, m: number): number {
  const base = m * problem.ids.length;
  let heaviest = -1;
  for (let u = 0; u < assignment.length; u++) {
    if (assignment[u] !== t) continue;
    if (heaviest < 0 || problem.activity[base + u]! > problem.activity[base + heaviest]!) heaviest = u;
  }
  return heaviest;
}

function units(count: number): string {
  return count === 1 ? '1 unit' : `${count} units`;
}

/** Six significant digits, the same in every engine and language. */
function show(value: number): string {
  return String(Number(value.toPrecision(6)));
}
