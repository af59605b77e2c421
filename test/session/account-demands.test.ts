import { describe, expect, it } from 'vitest';
import { createPlan, createSession } from '../../src/index.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { accountAt, ROW, rowInput } from '../problem/demands/demand-input.js';

/** Seven accounts in a row of seven cells; the plan gives the first three to Ann, the rest to Ben. */
const problem = prepareProblem(
  rowInput({
    balance: {},
    accounts: ROW.map((_, i) => accountAt(i, { id: `a${i}`, family: i === 6 ? 'acme' : null })),
    pins: [{ account: 'a0', territory: 'Ann' }],
    require: [{ territories: ['Ann'], accounts: ['a1'] }],
    forbid: [{ territories: ['Ann'], accounts: ['a5'] }],
    named: [{ family: 'acme', territory: 'Ben' }, { account: 'a4' }],
  }),
);
const plan = createPlan(
  problem,
  problem.ids.map((id) => (ROW.indexOf(id) < 3 ? 0 : 1)),
);

describe('single accounts that a session lays over the map', () => {
  it.each([
    ['one that is pinned', 'a0', 'Ben'],
    ['one that another must serve', 'a1', 'Ben'],
    ['one that the territory may not serve', 'a5', 'Ann'],
    ['one of a named family', 'a6', 'Ann'],
  ])('break what is demanded of %s, and the plan says so', (_, id, territory) => {
    const session = createSession(problem, plan);
    const message = `${territory} may not serve account ${id}, but has it.`;
    const { alternatives } = session.explain({ account: id });
    expect(alternatives.find((other) => other.territory === territory)!.reasons).toEqual([
      { kind: 'permit', territory, measure: null, message },
    ]);
    const { evaluation } = session.assign({ accounts: [id] }, territory);
    expect(evaluation).toMatchObject({ feasible: false, violation: 1 });
    expect(evaluation.violations).toEqual([{ kind: 'permit', territory, measure: null, amount: 1, message }]);
    session.assign({ accounts: [id] }, null);
    expect(session.evaluation.feasible).toBe(true);
  });

  it('tell how many there are', () => {
    const session = createSession(problem, plan);
    const { evaluation } = session.assign({ accounts: ['a0', 'a1'] }, 'Ben');
    expect(evaluation.violations.map(({ amount, message }) => [amount, message])).toEqual([
      [2, 'Ben may not serve 2 accounts that it has; the first is a0.'],
    ]);
  });

  it('break nothing where nothing is demanded, or where they are named without a territory', () => {
    const session = createSession(problem, plan);
    expect(session.assign({ accounts: ['a2'] }, 'Ben').evaluation.feasible).toBe(true);
    expect(session.assign({ accounts: ['a4'] }, 'Ann').evaluation.feasible).toBe(true);
  });
});
