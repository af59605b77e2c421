import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createPlan, evaluate, fewestMoves } from '../../src/index.js';
import { listParcels } from '../../src/moves/move-steps.js';
import { createOptimizer } from '../../src/node/index.js';
import type { ProblemInput, Unit } from '../../src/types.js';
import { problem as arbitraryProblem } from '../arbitraries.js';
import { errorCode } from '../optimizer/settle.js';
import { accountAt, ROW, rowInput } from '../problem/demands/demand-input.js';

const optimizer = createOptimizer({ workers: 2 });
afterAll(() => optimizer.dispose());
const options = { starts: 1, moveLimit: 60_000 };

/** A grid whose left territory has `wide` of its 8 columns today, one hour per unit. */
function strip(wide: number): ProblemInput {
  const units = [];
  const edges: [number, number][] = [];
  for (let y = 0; y < 4; y++) {
    for (let x = 0; x < 8; x++) {
      const u = y * 8 + x;
      units.push({ id: `x${x}y${y}`, x, y, activity: { hours: 1 }, territory: x < wide ? 'Ann' : 'Ben' });
      if (x < 7) edges.push([u, u + 1]);
      if (y < 3) edges.push([u, u + 8]);
    }
  }
  return { units, edges, territories: [{ id: 'Ann' }, { id: 'Ben' }], balance: { hours: { tolerance: 0.1 } } };
}

describe('fewestMoves', () => {
  it('has no step where today is in balance', async () => {
    const { steps, reached, plan } = await fewestMoves(optimizer, strip(4), options);
    expect(steps).toEqual([]);
    expect(reached).toBe(true);
    expect(plan.assignment.filter((t) => t === 0).length).toBe(16);
  });

  it('moves no more units than balance takes, and says what each step does', async () => {
    const { steps, reached, plan, evaluation, today } = await fewestMoves(optimizer, strip(6), options);
    expect(today.violation).toBeGreaterThan(0);
    expect(reached).toBe(true);
    expect(evaluation.feasible).toBe(true);
    // 24 of 32 hours are to become at most 17.6
    expect(steps.flatMap(({ units }) => units)).toHaveLength(7);
    expect(steps.every(({ from, to }) => from === 'Ann' && to === 'Ben')).toBe(true);
    const beyond = [today.violation, ...steps.map(({ violation }) => violation)];
    expect(beyond.at(-1)).toBe(0);
    expect(steps.reduce((sum, { activity }) => sum + activity.hours!, 0)).toBe(7);
    expect(steps.at(-1)!.deviation.from.hours).toBeCloseTo(17 / 16 - 1);
    expect(plan.assignment.filter((t) => t === 0).length).toBe(17);
  });

  it('lists the accounts that go along, and not those that are laid over the map', async () => {
    const laid = [3, 4, 5].map((at) => accountAt(at, { id: `x${at}`, activity: { hours: 0.1 }, territory: 'Ann' }));
    const own = ROW.map((_, i) => accountAt(i, { id: `a${i}`, territory: i < 6 ? 'Ann' : 'Ben' }));
    const input = rowInput({
      accounts: [...own, ...laid],
      pins: laid.map(({ id }) => ({ account: id!, territory: 'Ann' })),
      balance: { hours: { tolerance: 0.2 } },
    });
    const { steps, reached } = await fewestMoves(optimizer, input, options);
    expect(reached).toBe(true);
    const [step] = steps;
    expect(steps).toHaveLength(1);
    expect(step!.accounts).toEqual(['a4', 'a5']);
    expect(step!.activity.hours).toBe(2);
  });

  it('is never worse than today', async () => {
    // no plan of these keeps the bounds
    const input = { ...strip(5), balance: { hours: { lower: 20 } } };
    const { evaluation, today, reached } = await fewestMoves(optimizer, input, options);
    expect(reached).toBe(false);
    expect(evaluation.violation).toBeLessThanOrEqual(today.violation);
  });

  it('refuses a problem that nobody serves today, and measures that are none', async () => {
    const { units, ...rest } = strip(4);
    const free = (units as readonly Unit[]).map(({ territory: _, ...unit }) => unit);
    expect(await errorCode(fewestMoves(optimizer, { ...rest, units: free }, options))).toBe('INVALID_INPUT');
    expect(await errorCode(fewestMoves(optimizer, strip(4), { ...options, measure: 'days' }))).toBe('INVALID_OPTION');
  });
});

describe('parcels', () => {
  it('are all that changes, each connected and from one to another', () => {
    fc.assert(
      fc.property(
        arbitraryProblem().chain((problem) => {
          const t = fc.integer({ min: -1, max: problem.territories.length - 1 });
          const assignment = fc.array(t, { minLength: problem.ids.length, maxLength: problem.ids.length });
          return fc.tuple(fc.constant(problem), assignment, assignment);
        }),
        ([problem, first, second]) => {
          const [before, after] = [Int32Array.from(first), Int32Array.from(second)];
          const moved = new Map<number, string>();
          for (const { units, from, to } of listParcels(problem, before, after)) {
            for (const u of units) {
              expect(moved.has(u)).toBe(false);
              moved.set(u, `${from} ${to}`);
              expect([before[u], after[u]]).toEqual([from, to]);
            }
            // one piece: as a territory of its own it has no second component
            const alone = createPlan(
              problem,
              before.map((_, u) => (units.includes(u) ? 0 : -1)),
            );
            expect(evaluate(problem, alone).extraComponents).toBe(0);
          }
          expect([...moved.keys()].sort((a, b) => a - b)).toEqual(
            first.flatMap((t, u) => (t === second[u] ? [] : [u])),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
