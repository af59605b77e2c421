import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { listAccountMoves } from '../../src/plan/account-moves.js';
import { diffPlans } from '../../src/plan/diff-plans.js';
import { checkPlan, createPlan, todayPlan } from '../../src/plan/plan.js';
import type { Plan } from '../../src/types.js';
import { territories, tinyProblem } from '../metrics/tiny-problem.js';

const problem = tinyProblem({
  activity: [
    [1, 2, 4],
    [1, 0, 0],
  ],
  measures: ['hours', '__proto__'],
  edges: [
    [0, 1],
    [1, 2],
  ],
  territories: territories(2),
  todayIds: ['T1', 'T2', 'old <b>rep</b>'],
  today: [0, 1, 1],
  accounts: [
    { unit: 2, today: 2, activity: [4, 0] },
    { unit: 0, today: 0, activity: [1, 1] },
    { unit: 1, activity: [2, 0] },
  ],
});

function failure(run: () => unknown): TerritoryError {
  try {
    run();
  } catch (error) {
    if (error instanceof TerritoryError) return error;
    throw error;
  }
  throw new Error('did not throw');
}

describe('createPlan', () => {
  it('copies the assignment and carries the ids of the problem', () => {
    const assignment = Int32Array.of(0, 1, -1);
    const plan = createPlan(problem, assignment, 7);
    assignment[0] = 1;
    expect(plan).toEqual({
      problem: 'tiny',
      seed: 7,
      ids: ['u0', 'u1', 'u2'],
      territories: ['T1', 'T2'],
      assignment: Int32Array.of(0, 1, -1),
    });
    expect(createPlan(problem, [0, 0, 0]).seed).toBeNull();
    expect(structuredClone(plan)).toEqual(plan);
  });

  it.each([
    ['assignment.length', [0, 1], 2],
    ['assignment[1]', [0, 2, 0], 2],
    ['assignment[2]', [0, 1, -2], -2],
    ['assignment[0]', [0.5, 1, 0], 0.5],
    ['assignment[0]', [Number.NaN, 1, 0], Number.NaN],
    ['assignment[1]', [0, '1', 0] as unknown as number[], '1'],
  ])('rejects a bad value at %s', (path, assignment, value) => {
    const error = failure(() => createPlan(problem, assignment));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.details.path).toBe(path);
    expect(error.details.value).toEqual(value);
  });

  it('rejects a seed that is no uint32', () => {
    for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) {
      expect(failure(() => createPlan(problem, [0, 0, 0], seed)).details.path).toBe('seed');
    }
    expect(createPlan(problem, [0, 0, 0], 2 ** 32 - 1).seed).toBe(2 ** 32 - 1);
  });
});

describe('accounts laid over the map', () => {
  const laid = createPlan(problem, [0, -1, 1], null, [1, -1, 0]);

  it('are copied, and absent where there are none', () => {
    expect([...laid.accounts!]).toEqual([1, -1, 0]);
    expect('accounts' in createPlan(problem, [0, -1, 1])).toBe(false);
  });

  it('must be one per account, of territories that exist', () => {
    expect(failure(() => createPlan(problem, [0, 0, 0], null, [0])).details.path).toBe('accounts.length');
    expect(failure(() => createPlan(problem, [0, 0, 0], null, [0, 0, 2])).details.path).toBe('accounts[2]');
    const short = failure(() => checkPlan(problem, { ...laid, accounts: Int32Array.of(0) }));
    expect(short).toMatchObject({ code: 'PLAN_MISMATCH', details: { path: 'plan.accounts.length' } });
  });

  it('are served there, and move on their own', () => {
    expect(listAccountMoves(problem, laid).map(({ to }) => to)).toEqual(['T2', 'T1', 'T1']);
    // The first is laid over the territory that its unit has anyway.
    const { units, accounts } = diffPlans(problem, createPlan(problem, [0, -1, 1]), laid);
    expect([...units]).toEqual([]);
    expect([...accounts!]).toEqual([2]);
  });

  it('count there, but their units stay', () => {
    const plain = evaluate(problem, createPlan(problem, [0, 0, 1]));
    const { territories, cost, disruption } = evaluate(problem, createPlan(problem, [0, 0, 1], null, [0, -1, 1]));
    expect(territories.map(({ activity }) => activity.hours)).toEqual([5, 2]);
    expect(territories.map(({ accounts }) => accounts)).toEqual([2, 1]);
    expect(territories.map(({ units }) => units)).toEqual([2, 1]);
    expect(cost.inertia).toBe(plain.cost.inertia);
    expect(disruption!.accounts).toBe(1);
  });
});

describe('checkPlan', () => {
  const plan = createPlan(problem, [0, 1, 1]);

  it('accepts the plan of an equal problem, even after a journey between threads', () => {
    expect(() => checkPlan(problem, structuredClone(plan))).not.toThrow();
  });

  it.each<[string, Plan]>([
    ['plan.ids[1]', { ...plan, ids: ['u0', 'other', 'u2'] }],
    ['plan.ids[2]', { ...plan, ids: ['u0', 'u1'] }],
    ['plan.ids[3]', { ...plan, ids: ['u0', 'u1', 'u2', 'u3'] }],
    ['plan.territories[0]', { ...plan, territories: ['T2', 'T1'] }],
    ['plan.assignment.length', { ...plan, assignment: Int32Array.of(0, 1) }],
  ])('names what differs: %s', (path, other) => {
    const error = failure(() => checkPlan(problem, other));
    expect(error.code).toBe('PLAN_MISMATCH');
    expect(error.details.path).toBe(path);
    expect(error.message).toContain(path);
    for (const call of [evaluate, listAccountMoves])
      expect(failure(() => call(problem, other)).code).toBe('PLAN_MISMATCH');
    expect(failure(() => diffPlans(problem, plan, other)).code).toBe('PLAN_MISMATCH');
    expect(failure(() => diffPlans(problem, other, plan)).code).toBe('PLAN_MISMATCH');
  });

  it('rejects a territory index that does not exist', () => {
    const error = failure(() => checkPlan(problem, { ...plan, assignment: Int32Array.of(0, 1, 2) }));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.details.path).toBe('plan.assignment[2]');
  });
});

describe('todayPlan', () => {
  it('is the plan that is in force, unassigned units included', () => {
    expect([...todayPlan(problem)!.assignment]).toEqual([0, 1, 1]);
    expect([...todayPlan({ ...problem, today: Int32Array.of(0, -1, 1) })!.assignment]).toEqual([0, -1, 1]);
  });

  it('is null without today or with a rep that is no territory', () => {
    expect(todayPlan({ ...problem, today: null })).toBeNull();
    expect(todayPlan({ ...problem, today: Int32Array.of(0, 1, 2) })).toBeNull();
  });
});

describe('diffPlans', () => {
  it('lists the units and accounts that change hands, and their activity', () => {
    const diff = diffPlans(problem, createPlan(problem, [0, 1, 1]), createPlan(problem, [0, 0, -1]));
    expect([...diff.units]).toEqual([1, 2]);
    expect([...diff.accounts!]).toEqual([0, 2]);
    expect(diff.activity.hours).toBe(6);
    expect(Object.keys(diff.activity)).toEqual(['hours', '__proto__']);
  });

  it('is empty between a plan and itself, and knows problems without accounts', () => {
    const plan = createPlan(problem, [0, 1, 1]);
    expect(diffPlans(problem, plan, plan).units).toHaveLength(0);
    const cells = { ...problem, accountIds: null, accountUnit: null };
    expect(diffPlans(cells, plan, createPlan(cells, [1, 1, 1])).accounts).toBeNull();
  });
});

describe('listAccountMoves', () => {
  it('gives every account one row, in input order', () => {
    expect(listAccountMoves(problem, createPlan(problem, [0, -1, 1]))).toEqual([
      { account: 'a0', from: 'old <b>rep</b>', to: 'T2' },
      { account: 'a1', from: 'T1', to: 'T1' },
      { account: 'a2', from: null, to: null },
    ]);
  });

  it('is empty without accounts and has no origin without today', () => {
    const plan = createPlan(problem, [0, 1, 1]);
    expect(listAccountMoves({ ...problem, accountIds: null, accountUnit: null }, plan)).toEqual([]);
    const fresh = listAccountMoves({ ...problem, accountTerritory: null }, plan);
    expect(fresh.map((row) => row.from)).toEqual([null, null, null]);
  });
});
