import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { createSession } from '../../src/session/session.js';
import type { Alternative, Evaluation, Plan, Problem } from '../../src/types.js';
import { gridInput } from '../optimizer/grid.js';
import { planCase } from './cases.js';

/** Each alternative must be what the whole evaluation makes of it. */
function compare(
  problem: Problem,
  before: Plan,
  alternatives: readonly Alternative[],
  move: (to: number) => Plan,
): void {
  const old = evaluate(problem, before);
  for (const { territory, violation, cost, reasons } of alternatives) {
    const after = evaluate(problem, move(problem.territories.findIndex(({ id }) => id === territory)));
    const scale = Math.max(1, Math.abs(old.violation), Math.abs(after.violation));
    expect(Math.abs(violation - (after.violation - old.violation))).toBeLessThanOrEqual(1e-9 * scale);
    const costs = Math.max(1e-9, Math.abs(old.cost.total), Math.abs(after.cost.total));
    expect(Math.abs(cost - (after.cost.total - old.cost.total))).toBeLessThanOrEqual(1e-9 * costs);
    const named = reasons
      .map(({ message }) => message)
      .filter((message) => !/ is (locked|pinned to \w+)\.$/.test(message));
    expect(new Set(named)).toEqual(new Set(worse(old, after)));
  }
}

/** Sentences of what an evaluation has that another had not, or had less of. */
function worse(old: Evaluation, now: Evaluation): string[] {
  const key = ({ kind, territory, measure, message }: Evaluation['violations'][number]) =>
    `${kind} ${territory} ${measure} ${kind === 'group' || kind === 'together' ? message.replace(/ (is split|must stay) .*/, '') : ''}`;
  const before = new Map(old.violations.map((violation) => [key(violation), violation.amount]));
  return now.violations
    .filter((violation) => violation.amount > (before.get(key(violation)) ?? 0) + 1e-9)
    .map(({ message }) => message);
}

describe('why a unit is where it is', () => {
  it('is what evaluating every alternative says', () => {
    fc.assert(
      fc.property(planCase(), fc.nat(99), ({ problem, plan }, pick) => {
        const u = pick % problem.ids.length;
        const { unit, territory, alternatives } = createSession(problem, plan).explain(problem.ids[u]!);
        expect(unit).toBe(problem.ids[u]);
        expect(territory).toBe(plan.territories[plan.assignment[u]!] ?? null);
        expect(alternatives.length).toBe(problem.territories.length - (territory === null ? 0 : 1));
        compare(problem, plan, alternatives, (to) => ({ ...plan, assignment: plan.assignment.with(u, to) }));
      }),
      { numRuns: 150 },
    );
  });

  it('is told of accounts too', () => {
    fc.assert(
      fc.property(planCase(), fc.nat(99), ({ problem, plan }, pick) => {
        if (!problem.accountIds) return;
        const a = pick % problem.accountIds.length;
        const { account, alternatives } = createSession(problem, plan).explain({ account: problem.accountIds[a]! });
        expect(account).toBe(problem.accountIds[a]);
        const laid = plan.accounts ?? new Int32Array(problem.accountIds.length).fill(-1);
        compare(problem, plan, alternatives, (to) => createPlan(problem, plan.assignment, null, laid.with(a, to)));
      }),
      { numRuns: 200 },
    );
  });

  it('names what holds it, the best alternative first', () => {
    const problem = prepareProblem(gridInput(6, 3));
    const columns = createPlan(
      problem,
      problem.ids.map((_, u) => Math.floor((u % 6) / 2)),
    );
    const session = createSession(problem, columns);
    const free = session.explain('x2y0');
    expect(free.alternatives.map(({ territory }) => territory)).toEqual(['T1', 'T3']);
    expect(free.alternatives[1]!.reasons.map(({ kind }) => kind)).toEqual(['contiguity']);
    expect(free.message).toMatch(/^Unit x2y0 is in T2. T1, the best alternative, would add [\d.]+ % of the cost\.$/);
    session.assign(['x2y0', 'x2y1'], 'T1');
    expect(session.explain('x2y2').message).toContain('T1 has 15 hours, above its upper bound of 13.2');
    session.pin('x2y2');
    session.setLocked('T3', true);
    const held = session.explain('x2y2');
    expect(held.message).toBe('Unit x2y2 is in T2. Unit x2y2 is pinned to T2.');
    const kinds = held.alternatives.find(({ territory }) => territory === 'T3')!.reasons.map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['pinned', 'locked']);
    expect(session.explain('x4y0').message).toBe('Unit x4y0 is in T3. T3 is locked.');
  });
});
