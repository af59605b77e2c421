import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { compareViolations } from '../../src/metrics/compare-scores.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createOptimizer } from '../../src/node/index.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { createSession } from '../../src/session/session.js';
import type { Plan, Problem } from '../../src/types.js';
import { accountsInput, gridInput } from '../optimizer/grid.js';
import { planCase } from './cases.js';

const SIDE = 24;
const optimizer = createOptimizer({ workers: 1 });
afterAll(() => optimizer.dispose());

/** A grid in 4 × 3 blocks, each within its bounds. */
const grid = prepareProblem(gridInput(SIDE, 12));
const blockOf = (x: number, y: number) => 4 * Math.floor(y / 8) + Math.floor(x / 6);
const blocks = createPlan(
  grid,
  grid.ids.map((_, u) => blockOf(u % SIDE, Math.floor(u / SIDE))),
);

/** The left half of block T6 (x 6 … 8, y 8 … 15). */
const half = grid.ids.filter((_, u) => blocks.assignment[u] === 5 && u % SIDE < 9);

/** Indices of territories whose units differ. */
function changedTerritories(problem: Problem, before: Plan, after: Plan): string[] {
  const changed = new Set<number>();
  before.assignment.forEach((t, u) => {
    if (t !== after.assignment[u]) changed.add(t).add(after.assignment[u]!);
  });
  return problem.territories.flatMap(({ id }, t) => (changed.has(t) ? [id] : []));
}

describe('rebalancing after an edit', () => {
  it('keeps what was edited, changes few territories, and is one step', async () => {
    const session = createSession(grid, blocks);
    session.assign(half, 'T5');
    const edited = session.plan;
    expect(session.evaluation.violation).toBeGreaterThan(0.5);
    const result = await session.rebalance(optimizer);
    expect(result).toMatchObject({ balanced: true, message: null });
    expect(result.evaluation).toEqual(evaluate(grid, result.plan));
    expect(session.plan.assignment).toEqual(result.plan.assignment);
    expect(session.evaluation).toEqual(result.evaluation);
    expect(result.evaluation.violations).toEqual([]);
    for (const id of half) expect(session.plan.assignment[grid.ids.indexOf(id)]).toBe(4);
    expect(result.territories).toEqual(changedTerritories(grid, edited, result.plan));
    expect(result.edit!.territories).toEqual(result.territories);
    expect(result.territories.length).toBeLessThanOrEqual(4);
    session.undo();
    expect(session.plan.assignment).toEqual(edited.assignment);
  });

  it('gives the same plan again, whatever the number of workers', async () => {
    const edited = createPlan(
      grid,
      blocks.assignment.map((t, u) => (half.includes(grid.ids[u]!) ? 4 : t)),
    );
    const several = createOptimizer({ workers: 2 });
    const plans = await Promise.all(
      [optimizer, several, several].map((each) => each.rebalance(grid, edited, { pinned: half, seed: 5 })),
    );
    await several.dispose();
    for (const { plan, territories } of plans) {
      expect(plan.assignment).toEqual(plans[0]!.plan.assignment);
      expect(territories).toEqual(plans[0]!.territories);
    }
  });

  it('leaves locked territories and pinned units alone', async () => {
    const session = createSession(grid, blocks);
    for (const id of ['T1', 'T12']) session.setLocked(id, true);
    const corner = grid.ids.filter((_, u) => blocks.assignment[u] === 4 && u % SIDE === 0);
    session.pin(corner);
    session.assign(half, 'T5');
    const before = session.plan;
    const { balanced, territories } = await session.rebalance(optimizer);
    expect(balanced).toBe(true);
    expect(territories).not.toContain('T1');
    expect(territories).not.toContain('T12');
    for (const u of [...corner, ...half].map((id) => grid.ids.indexOf(id))) {
      expect(session.plan.assignment[u]).toBe(before.assignment[u]);
    }
  });

  it('says what could not be reached', async () => {
    const session = createSession(grid, blocks);
    for (const { id } of grid.territories) if (!['T5', 'T6'].includes(id)) session.setLocked(id, true);
    session.assign(half, 'T5');
    session.pin(grid.ids.filter((_, u) => blocks.assignment[u] === 4));
    const { balanced, message, edit } = await session.rebalance(optimizer);
    expect(balanced).toBe(false);
    expect(message).toMatch(/^The bounds could not be reached by changing 2 territories: T\d has \d+ hours/);
    expect(edit).toBeNull();
  });

  it('mends the rest where what must stay is too much', async () => {
    const session = createSession(grid, blocks);
    const more = grid.ids.filter((_, u) => {
      const x = u % SIDE;
      return (blocks.assignment[u] === 1 && x < 10) || (blocks.assignment[u] === 4 && x < 3);
    });
    session.assign(more, 'T1');
    const { balanced, message, evaluation } = await session.rebalance(optimizer);
    expect(balanced).toBe(false);
    // The 56 units of the edit alone are more than T1 may have: it gives away all that does not join them.
    expect(message).toMatch(/T1 has \d+ hours, above its upper bound of 52.8/);
    expect(evaluation.territories[0]!.units).toBeLessThan(80);
    expect(evaluation.violations.filter(({ territory }) => territory !== 'T1')).toEqual([]);
  });

  it('changes nothing where nothing is broken', async () => {
    const result = await optimizer.rebalance(grid, blocks);
    expect(result).toMatchObject({ balanced: true, territories: [], stats: { moves: 0, attempts: 0 } });
    expect(result.plan).toBe(blocks);
  });

  it('counts accounts where they are served', async () => {
    const problem = prepareProblem(accountsInput(600, 6));
    const { plan } = await optimizer.optimize(problem, { moveLimit: 50_000, starts: 1, bound: false });
    const session = createSession(problem, plan);
    const own = problem.accountIds!.filter((_, a) => plan.assignment[problem.accountUnit![a]!] === 0);
    session.assign({ accounts: own.slice(0, 50) }, 'T2');
    expect(session.evaluation.violation).toBeGreaterThan(0);
    const { evaluation, balanced } = await session.rebalance(optimizer);
    expect(evaluation).toEqual(evaluate(problem, session.plan));
    expect(balanced).toBe(true);
    expect(session.plan.accounts!.filter((t) => t === 1).length).toBe(50);
  });

  it('does not undo what was edited meanwhile', async () => {
    const session = createSession(grid, blocks);
    session.assign(half, 'T5');
    const repair = session.rebalance(optimizer);
    session.assign('x23y23', 'T11');
    const { edit, balanced } = await repair;
    expect(balanced).toBe(true);
    expect(edit).toBeNull();
    expect(session.plan.assignment.at(-1)).toBe(10);
    expect(session.undo()!.label).toBe('Assign 1 unit to T11');
  });

  it('is never for the worse, whatever the problem and the plan', async () => {
    const holds = fc.record({ lock: fc.nat(99), pins: fc.array(fc.nat(99), { maxLength: 9 }) });
    await fc.assert(
      fc.asyncProperty(planCase(), holds, async ({ problem, plan }, { lock, pins }) => {
        const pinned = Int32Array.from(pins, (u) => u % problem.ids.length);
        const locked = problem.territories[lock % problem.territories.length]!;
        const before = evaluate(problem, plan);
        const options = { pinned, locked: [locked.id], moveLimit: 2000 };
        const result = await optimizer.rebalance(problem, plan, options);
        const after = evaluate(problem, result.plan);
        expect(result.evaluation).toEqual(after);
        expect(compareViolations(after.violation, before.violation)).toBeLessThanOrEqual(0);
        expect(result.territories).toEqual(changedTerritories(problem, plan, result.plan));
        expect(result.territories).not.toContain(locked.id);
        for (const u of pinned) expect(result.plan.assignment[u]).toBe(plan.assignment[u]);
        expect(result.plan.accounts).toEqual(plan.accounts);
        expect(result.balanced).toBe(result.message === null);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a call that ends early', () => {
  const broken = createPlan(
    grid,
    blocks.assignment.map((t) => (t === 5 ? 4 : t)),
  );

  it('rejects with the reason of the abort, and the worker goes on', async () => {
    const controller = new AbortController();
    const call = optimizer.rebalance(grid, broken, { signal: controller.signal, moveLimit: 1e9 });
    setTimeout(() => controller.abort('enough'), 30);
    await expect(call).rejects.toBe('enough');
    await expect(optimizer.rebalance(grid, broken, { signal: AbortSignal.abort('late') })).rejects.toBe('late');
    expect((await optimizer.rebalance(grid, blocks)).balanced).toBe(true);
  });

  it('rejects when the optimizer is disposed, before and meanwhile', async () => {
    const other = createOptimizer({ workers: 1 });
    const call = other.rebalance(grid, broken, { moveLimit: 1e9 });
    setTimeout(() => void other.dispose(), 30);
    await expect(call).rejects.toMatchObject({ code: 'DISPOSED' });
    await expect(other.rebalance(grid, blocks)).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('rejects options that are wrong, by path', async () => {
    const wrong = [
      { pinned: ['nowhere'] },
      { touch: ['T99'] },
      { locked: 'T1' },
      { maxTerritories: 0 },
      { seed: -1 },
      { moveLimit: 0.5 },
      { starts: 2 },
    ];
    const paths = await Promise.all(
      wrong.map(async (options) => {
        const error = await optimizer.rebalance(grid, blocks, options as never).catch((reason) => reason);
        expect(error.code).toBe('INVALID_OPTION');
        return error.details.path;
      }),
    );
    expect(paths).toEqual(['pinned[0]', 'touch[0]', 'locked', 'maxTerritories', 'seed', 'moveLimit', 'starts']);
    const locked = optimizer.rebalance(grid, blocks, { locked: ['T1'], touch: ['T1'] });
    await expect(locked).rejects.toMatchObject({ code: 'LOCKED', details: { territory: 'T1' } });
    const other = prepareProblem(gridInput(5, 3));
    await expect(optimizer.rebalance(other, blocks)).rejects.toMatchObject({ code: 'PLAN_MISMATCH' });
  });
});
