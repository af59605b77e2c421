import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { type MergeSide, mergePlans } from '../../src/plan/merge-plans.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Plan, Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { accountAt, rowInput } from '../problem/demands/demand-input.js';

type Edited = Plan & { readonly accounts?: Int32Array | null };

/** A problem with so many plans, some of which lay accounts over the map. */
function withPlans(count: number) {
  return anyProblem().chain((problem) => {
    const k = problem.territories.length;
    const n = problem.ids.length;
    const accounts = problem.accountUnit?.length ?? 0;
    const value = fc.integer({ min: -1, max: k - 1 });
    const column = (length: number) => fc.array(value, { minLength: length, maxLength: length });
    const plan = fc
      .record({ units: column(n), accounts: fc.option(column(accounts)) })
      .map(({ units, accounts: laid }): Edited => {
        const own = createPlan(problem, units);
        return laid && accounts > 0 ? { ...own, accounts: Int32Array.from(laid) } : own;
      });
    return fc.record({ problem: fc.constant(problem), plans: fc.array(plan, { minLength: count, maxLength: count }) });
  });
}

const laidOver = (problem: Problem, plan: Edited) =>
  plan.accounts ?? new Int32Array(problem.accountUnit?.length ?? 0).fill(-1);

function same(problem: Problem, a: Edited, b: Edited): void {
  expect([...a.assignment]).toEqual([...b.assignment]);
  expect([...laidOver(problem, a)]).toEqual([...laidOver(problem, b)]);
}

describe('mergePlans', () => {
  it('takes everything from a side when the other has changed nothing, or the same', () => {
    fc.assert(
      fc.property(withPlans(2), ({ problem, plans: [base, edited] }) => {
        for (const [ours, theirs] of [
          [edited!, base!],
          [base!, edited!],
          [edited!, edited!],
        ] as const) {
          const merge = mergePlans(problem, base!, ours, theirs);
          same(problem, merge.plan, edited!);
          expect(merge.conflicts).toEqual([]);
          expect(merge.accountConflicts).toEqual([]);
          expect(merge.areas).toEqual([]);
        }
      }),
    );
  });

  it('is the same whoever is called ours', () => {
    const other = { base: 'base', ours: 'theirs', theirs: 'ours' } as const;
    fc.assert(
      fc.property(
        withPlans(3),
        fc.constantFrom<MergeSide>('base', 'ours', 'theirs'),
        ({ problem, plans: [base, ours, theirs] }, prefer) => {
          const one = mergePlans(problem, base!, ours!, theirs!, { prefer });
          const two = mergePlans(problem, base!, theirs!, ours!, { prefer: other[prefer] });
          same(problem, one.plan, two.plan);
          expect(one.areas).toEqual(two.areas);
          expect(one.conflicts.map(({ unit, base: b, ours: o, theirs: t }) => [unit, b, t, o])).toEqual(
            two.conflicts.map(({ unit, base: b, ours: o, theirs: t }) => [unit, b, o, t]),
          );
          expect(one.taken).toEqual({ ours: two.taken.theirs, theirs: two.taken.ours, both: two.taken.both });
        },
      ),
    );
  });

  it('lists exactly the units and accounts that three plans give to three territories, and decides them as told', () => {
    fc.assert(
      fc.property(
        withPlans(3),
        fc.constantFrom<MergeSide>('base', 'ours', 'theirs'),
        ({ problem, plans: [base, ours, theirs] }, prefer) => {
          const merge = mergePlans(problem, base!, ours!, theirs!, { prefer });
          const winner = { base: base!, ours: ours!, theirs: theirs! }[prefer];
          const columns = [
            [(plan: Edited) => plan.assignment, merge.conflicts.map(({ unit }) => unit)],
            [(plan: Edited) => laidOver(problem, plan), merge.accountConflicts.map(({ account }) => account)],
          ] as const;
          for (const [of, listed] of columns) {
            const [b, o, t] = [of(base!), of(ours!), of(theirs!)];
            const merged = of(merge.plan);
            const conflicts: number[] = [];
            b.forEach((value, i) => {
              if (new Set([value, o[i], t[i]]).size === 3) {
                conflicts.push(i);
                expect(merged[i]).toBe(of(winner)[i]);
              } else {
                expect(merged[i]).toBe(o[i] === value ? t[i] : o[i]);
              }
            });
            expect(listed).toEqual(conflicts);
          }
        },
      ),
    );
  });

  it('puts every conflict into one area, areas apart, and says how much is open', () => {
    fc.assert(
      fc.property(withPlans(3), ({ problem, plans: [base, ours, theirs] }) => {
        const { plan, conflicts, accountConflicts, areas } = mergePlans(problem, base!, ours!, theirs!);
        const units = conflicts.map(({ unit }) => unit);
        const accountUnits = accountConflicts.map(({ account }) => problem.accountUnit![account]!);
        const all = [...new Set([...units, ...accountUnits])].sort((a, b) => a - b);
        expect(areas.flatMap((area) => [...area.units]).sort((a, b) => a - b)).toEqual(all);
        areas.forEach((area, i) => {
          for (const u of area.units) {
            for (let e = problem.offsets[u]!; e < problem.offsets[u + 1]!; e++) {
              const at = areas.findIndex((other) => other.units.includes(problem.neighbors[e]!));
              expect(at === -1 || at === i).toBe(true);
            }
          }
        });
        const open = new Set(units);
        const accounts = new Set(accountConflicts.map(({ account }) => account));
        problem.accountUnit?.forEach((u, a) => {
          if (open.has(u) && laidOver(problem, plan)[a] === -1) accounts.add(a);
        });
        if (problem.accountUnit) {
          expect(areas.flatMap((area) => [...area.accounts!]).sort((a, b) => a - b)).toEqual(
            [...accounts].sort((a, b) => a - b),
          );
        } else {
          expect(areas.every((area) => area.accounts === null)).toBe(true);
        }
      }),
    );
  });

  it('shows two edits that break a bound together', () => {
    const problem = tinyProblem({
      activity: [[1, 1, 1, 1, 1, 1]],
      edges: gridEdges(6, 1),
      xy: gridXy(6, 1),
      territories: territories(3),
      tolerance: 0.5,
    });
    const base = createPlan(problem, [0, 0, 1, 1, 2, 2]);
    const ours = createPlan(problem, [0, 0, 0, 1, 2, 2]);
    const theirs = createPlan(problem, [0, 0, 1, 2, 2, 2]);
    for (const plan of [ours, theirs]) expect(evaluate(problem, plan).feasible).toBe(true);
    const { plan, conflicts, taken } = mergePlans(problem, base, ours, theirs);
    expect(conflicts).toEqual([]);
    expect(taken).toEqual({ ours: 1, theirs: 1, both: 0 });
    expect(evaluate(problem, plan).violations.map(({ kind }) => kind)).toEqual(['empty', 'balance']);
  });

  it('adds up what is open in an area', () => {
    const problem = tinyProblem({
      activity: [[1, 2, 4, 8]],
      edges: gridEdges(4, 1),
      xy: gridXy(4, 1),
      territories: territories(3),
      accounts: [0, 1, 2, 3, 3].map((unit, a) => ({ unit, activity: [a === 0 ? 1 : 2] })),
    });
    const base = createPlan(problem, [0, 0, 0, 0]);
    const ours: Edited = { ...createPlan(problem, [1, 1, 0, 0]), accounts: Int32Array.of(-1, -1, -1, 1, -1) };
    const theirs: Edited = { ...createPlan(problem, [2, 2, 0, 0]), accounts: Int32Array.of(-1, -1, -1, 2, -1) };
    const { areas, accountConflicts } = mergePlans(problem, base, ours, theirs);
    expect(accountConflicts).toEqual([{ account: 3, base: null, ours: 'T2', theirs: 'T3' }]);
    expect(areas.map(({ units, accounts, activity }) => [[...units], [...accounts!], activity.m0])).toEqual([
      [[0, 1], [0, 1], 3],
      [[3], [3], 2],
    ]);
  });

  it('leaves out of an area who is laid over the map, by the problem or by all three plans', () => {
    const problem = prepareProblem(
      rowInput({
        accounts: [0, 0, 0, 6].map((at, a) => accountAt(at, { id: `a${a}`, activity: { hours: 10 ** a } })),
        territories: [{ id: 'Ann' }, { id: 'Ben' }, { id: 'Cleo' }],
        pins: [{ account: 'a1', territory: 'Cleo' }],
      }),
    );
    const unit = problem.accountUnit![0]!;
    const edited = (t: number) =>
      createPlan(
        problem,
        problem.ids.map((_, u) => (u === unit ? t : 0)),
        null,
        [-1, -1, 2, -1],
      );
    const [area, ...others] = mergePlans(problem, edited(0), edited(1), edited(2)).areas;
    expect(others).toEqual([]);
    expect([...area!.accounts!]).toEqual([0]);
    expect(area!.activity.hours).toBe(1);
  });

  it('refuses plans of other problems and sides that there are not', () => {
    const problem = tinyProblem({ activity: [[1, 1]], edges: [[0, 1]], territories: territories(2) });
    const plan = createPlan(problem, [0, 1]);
    const failure = (run: () => unknown): TerritoryError => {
      try {
        run();
      } catch (error) {
        if (error instanceof TerritoryError) return error;
      }
      throw new Error('did not throw as it should');
    };
    const strange = { ...plan, ids: ['u0', 'other'] };
    const short: Edited = { ...plan, accounts: Int32Array.of(1) };
    for (const [run, code, path] of [
      [() => mergePlans(problem, strange, plan, plan), 'PLAN_MISMATCH', 'base.ids[1]'],
      [() => mergePlans(problem, plan, strange, plan), 'PLAN_MISMATCH', 'ours.ids[1]'],
      [() => mergePlans(problem, plan, plan, strange), 'PLAN_MISMATCH', 'theirs.ids[1]'],
      [() => mergePlans(problem, plan, short, plan), 'PLAN_MISMATCH', 'ours.accounts.length'],
      [() => mergePlans(problem, plan, plan, plan, { prefer: 'mine' as MergeSide }), 'INVALID_OPTION', 'prefer'],
    ] as const) {
      const error = failure(run);
      expect([error.code, error.details.path]).toEqual([code, path]);
      expect(error.message).toContain(path);
    }
  });
});
