import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { rowInput } from '../problem/demands/demand-input.js';

describe('a limit that is exceeded', () => {
  it('is told in accounts, or in units where there are none', () => {
    const limits = { accounts: { max: 0 } };
    const messageOf = (problem: Problem) =>
      evaluate(
        problem,
        createPlan(
          problem,
          problem.today!.map((t) => 1 - t),
        ),
      ).violations.find(({ kind }) => kind === 'limit')!.message;
    const units = [1, 2].map((x) => ({ id: `u${x}`, x, y: 0, activity: { hours: 1 }, territory: 'Ann' }));
    const territories = [{ id: 'Ann' }, { id: 'Ben' }];
    expect(messageOf(prepareProblem(rowInput({ limits })))).toContain('7 accounts of 7 change hands');
    expect(messageOf(prepareProblem({ units, edges: [[0, 1]], territories, limits }))).toContain(
      '2 units of 2 change hands',
    );
  });
});
