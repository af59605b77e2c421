import { describe, expect, it } from 'vitest';
import { territories, tinyProblem } from './tiny-problem.js';
import { disruptionCost, measureDisruption } from './whole-map.js';

const accounts = [
  { unit: 0, today: 0, activity: [5, 1] },
  { unit: 0, today: 1, activity: [3, 0] },
  { unit: 1, today: 2, activity: [2, 0] },
  { unit: 1, activity: [10, 3] },
];
const base = {
  activity: [
    [8, 12],
    [1, 3],
  ],
  measures: ['hours', 'constructor'],
  territories: territories(2),
  todayIds: ['T1', 'T2', 'old rep'],
  today: [0, 2],
  accounts,
};

describe('disruption', () => {
  it('counts accounts whose rep changes: others, reps that are no territory, but not the unserved', () => {
    const problem = tinyProblem(base);
    const plan = Int32Array.of(0, 1);
    expect(disruptionCost(problem, plan)).toBe(5);
    const disruption = measureDisruption(problem, plan)!;
    expect(disruption.accounts).toBe(2);
    expect(disruption.accountShare).toBe(0.5);
    expect(disruption.activity.hours).toBe(5 / 20);
    expect(disruption.activity.constructor).toBe(0);
  });

  it('counts an account that loses its territory', () => {
    expect(disruptionCost(tinyProblem(base), Int32Array.of(-1, -1))).toBe(10);
  });

  it('weighs each account 1 when the weight is null', () => {
    expect(disruptionCost(tinyProblem({ ...base, objective: { weight: null } }), Int32Array.of(0, 1))).toBe(2);
  });

  it('goes by units when there are no accounts', () => {
    const { accounts: _, ...cells } = base;
    const problem = tinyProblem({ ...cells, today: [1, 1] });
    expect(disruptionCost(problem, Int32Array.of(0, 1))).toBe(8);
    const disruption = measureDisruption(problem, Int32Array.of(0, 1))!;
    expect(disruption).toEqual({ accounts: 1, accountShare: 0.5, activity: { hours: 0.4, constructor: 0.25 } });
  });

  it('is absent, and costs nothing, without today’s plan', () => {
    const problem = tinyProblem({ activity: [[1, 1]], territories: territories(2) });
    expect(measureDisruption(problem, Int32Array.of(0, 1))).toBeNull();
    expect(disruptionCost(problem, Int32Array.of(0, 1))).toBe(0);
  });
});
