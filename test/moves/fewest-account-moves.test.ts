import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountTerritoryOf, evaluate, fewestAccountMoves } from '../../src/index.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem, ProblemInput } from '../../src/types.js';
import { problem as arbitraryProblem } from '../arbitraries.js';
import { accountAt, rowInput } from '../problem/demands/demand-input.js';

/** Ten accounts of one hour in each of seven cells; Ann has `west` of the seventy, Ben the rest. */
function shared(west: number, extra: Partial<ProblemInput> = {}): ProblemInput {
  const accounts = Array.from({ length: 70 }, (_, a) =>
    accountAt(Math.floor(a / 10), { id: `a${a}`, territory: a < west ? 'Ann' : 'Ben' }),
  );
  return rowInput({ accounts, balance: { hours: { tolerance: 0.1 } }, ...extra });
}
const solve = (input: ProblemInput, limit?: { max?: number; share?: number }) =>
  fewestAccountMoves(prepareProblem(input), limit ? { limit } : {});

/** How much is out of bounds, of all measures. */
const beyond = ({ balance }: ReturnType<typeof evaluate>) => balance.reduce((sum, m) => sum + m.beyondBound, 0);

describe('fewestAccountMoves', () => {
  it('moves no account more than balance takes, the nearest', () => {
    const { moved, reached, steps, plan, evaluation } = solve(shared(50));
    // of 50 hours at most 38.5 may stay
    expect([moved, reached]).toEqual([12, true]);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ from: 'Ann', to: 'Ben', activity: { hours: 12 } });
    const near = steps[0]!.accounts.map((id) => Number(id.slice(1)));
    expect(Math.min(...near)).toBeGreaterThanOrEqual(30);
    expect(evaluation.disruption!.accounts).toBe(12);
    expect(plan.accounts!.filter((t) => t >= 0).length).toBeGreaterThan(0);
  });

  it('moves nothing where today is in balance', () => {
    expect(solve(shared(36))).toMatchObject({ moved: 0, reached: true, steps: [] });
  });

  it('comes as near as a limit lets it', () => {
    const { moved, reached, evaluation, today } = solve(shared(50), { max: 5 });
    expect([moved, reached]).toEqual([5, false]);
    expect(beyond(evaluation)).toBeLessThan(beyond(today));
    expect(solve(shared(50), { share: 0.1 }).moved).toBe(7);
  });

  it('sends nothing into a small territory that a limit would leave it in', () => {
    // Ann has too much, Cleo has room, and Ben between them is small
    const held = [
      { territory: 'Ann', activity: { hours: 1.3 } },
      { territory: 'Ben', activity: { hours: 0.2 } },
      { territory: 'Cleo', activity: { hours: 1 } },
    ];
    const accounts = Array.from({ length: 70 }, (_, a) =>
      accountAt(Math.floor(a / 10), { id: `a${a}`, ...held[a < 30 ? 0 : a < 40 ? 1 : 2]! }),
    );
    const territories = [
      { id: 'Ann', share: 33 },
      { id: 'Ben', share: 2 },
      { id: 'Cleo', share: 35 },
    ];
    const input = rowInput({ accounts, territories, balance: { hours: { tolerance: 0.1 } } });
    const { evaluation, today } = solve(input, { max: 1 });
    expect(beyond(evaluation)).toBeLessThanOrEqual(beyond(today));
  });

  it('leaves accounts that are laid over the map with who they are laid over to', () => {
    const named = Array.from({ length: 15 }, (_, a) => ({ account: `a${a}`, territory: 'Ben' }));
    const input = shared(50, { named });
    const problem = prepareProblem(input);
    const { plan, evaluation, moved, reached } = fewestAccountMoves(problem);
    expect([moved, reached]).toEqual([0, true]);
    expect(evaluation.feasible).toBe(true);
    for (let a = 0; a < 15; a++)
      expect(accountTerritoryOf(problem, plan, problem.accountIds!.indexOf(`a${a}`))).toBe(1);
  });

  it('sends load on through a territory that lies between', () => {
    const accounts = Array.from({ length: 70 }, (_, a) =>
      accountAt(Math.floor(a / 10), { id: `a${a}`, territory: a < 40 ? 'Ann' : a < 60 ? 'Ben' : 'Cleo' }),
    );
    const { reached, steps } = solve(
      rowInput({
        accounts,
        territories: [{ id: 'Ann' }, { id: 'Ben' }, { id: 'Cleo' }],
        balance: { hours: { tolerance: 0.1 } },
      }),
    );
    expect(reached).toBe(true);
    expect(steps.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(['Ann Ben', 'Ben Cleo']);
  });

  it('leaves what is locked, pinned or forbidden', () => {
    const locked = shared(50, { territories: [{ id: 'Ann', locked: true }, { id: 'Ben' }] });
    expect(solve(locked).moved).toBe(0);
    const cells = prepareProblem(shared(50)).ids;
    expect(solve(shared(50, { pins: cells.map((unit) => ({ unit, territory: 'Ann' })) })).moved).toBe(0);
    expect(
      solve(shared(50, { forbid: [{ territories: ['Ben'], accounts: ['a10'] }] })).steps.flatMap((s) => s.accounts),
    ).not.toContain('a10');
  });

  it('begins with who pinned and named accounts belong to, not with who has them today', () => {
    const pins = [0, 1, 2, 3, 4].map((a) => ({ account: `a${a}`, territory: 'Ben' }));
    const input = shared(50, { pins, named: [{ account: 'a69', territory: 'Ann' }] });
    const problem = prepareProblem(input);
    const { plan, reached, moved, evaluation } = fewestAccountMoves(problem);
    // Ann begins with 50 − 5 + 1 hours, and may keep 38.5
    expect([moved, reached, beyond(evaluation)]).toEqual([8, true, 0]);
    const ownerOf = (a: number) => plan.territories[accountTerritoryOf(problem, plan, a)];
    expect([0, 1, 2, 3, 4, 69].map(ownerOf)).toEqual(['Ben', 'Ben', 'Ben', 'Ben', 'Ben', 'Ann']);
    const hours = evaluation.territories.map(({ activity }) => activity.hours);
    expect(hours).toEqual(['Ann', 'Ben'].map((id) => [...Array(70).keys()].filter((a) => ownerOf(a) === id).length));
  });

  it('refuses problems without accounts that anyone serves, and limits that are none', () => {
    const free = shared(50, { accounts: [accountAt(0), accountAt(1)] });
    expect(() => solve(free)).toThrow(/today/);
    for (const limit of [{}, { max: -1 }, { share: 2 }, { max: 1, share: 0.1 }]) {
      expect(() => solve(shared(50), limit)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
  });

  it('is never worse balanced than today, keeps to its limit, and tells the truth', () => {
    const served = (problem: Problem) => {
      const k = problem.territories.length;
      return problem.accountTerritory?.some((t) => t >= 0 && t < k) ?? false;
    };
    fc.assert(
      fc.property(arbitraryProblem({ kinds: ['accounts'] }).filter(served), fc.nat(10), (problem, max) => {
        const { plan, evaluation, today, moved, steps } = fewestAccountMoves(problem, { limit: { max } });
        const amount = (e: typeof evaluation) =>
          e.violations.reduce((sum, v) => (v.kind === 'balance' ? sum + v.amount : sum), 0);
        expect(amount(evaluation)).toBeLessThanOrEqual(amount(today) + 1e-9);
        expect(moved).toBeLessThanOrEqual(max);
        expect(evaluate(problem, plan)).toEqual(evaluation);
        const listed = steps.flatMap(({ accounts, to }) => accounts.map((id) => [id, to] as const));
        expect(listed).toHaveLength(moved);
        for (const [id, to] of listed) {
          const a = problem.accountIds!.indexOf(id);
          expect(plan.territories[accountTerritoryOf(problem, plan, a)]).toBe(to);
        }
      }),
      { numRuns: 200 },
    );
  });
});
