import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { type MatchRepsOptions, matchReps, type Rep } from '../../src/plan/match-reps.js';
import { createPlan } from '../../src/plan/plan.js';
import type { Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';

/** A row of units in the plane, some of them held by reps of today, k territories. */
function row(weights: readonly number[], k: number, today?: readonly number[]): Problem {
  return tinyProblem({
    activity: [weights],
    edges: gridEdges(weights.length, 1),
    xy: gridXy(weights.length, 1),
    territories: territories(k),
    ...(today ? { today, todayIds: [...territories(k).map(({ id }) => id), 'r0', 'r1', 'r2'] } : {}),
  });
}

const SKILLS = ['french', 'welding'];

/** Reps, territories and wishes; small whole costs so that many matchings are equally good. */
const cases = fc
  .record({
    k: fc.integer({ min: 1, max: 7 }),
    reps: fc.integer({ min: 0, max: 7 }),
    held: fc.boolean(),
    to: fc.constantFrom('center' as const, 'units' as const),
    missingSkill: fc.constantFrom('forbidden' as const, 0, 3),
    distance: fc.constantFrom(0, 1, 2.5),
    disruption: fc.constantFrom(0, 1, 4),
  })
  .chain(({ k, reps: count, held, ...options }) => {
    const n = k + 3;
    return fc
      .record({
        weights: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n }),
        assignment: fc.array(fc.integer({ min: -1, max: k - 1 }), { minLength: n, maxLength: n }),
        today: fc.array(fc.integer({ min: -1, max: k + 2 }), { minLength: n, maxLength: n }),
        reps: fc.array(
          fc.record({
            home: fc.option(fc.tuple(fc.integer({ min: -3, max: n }), fc.integer({ min: -2, max: 2 }))),
            skills: fc.subarray(SKILLS),
          }),
          { minLength: count, maxLength: count },
        ),
        asked: fc.dictionary(fc.constantFrom(...territories(k).map(({ id }) => id)), fc.subarray(SKILLS)),
        forbid: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 8 }),
      })
      .map(({ weights, assignment, today, reps, asked, forbid }) => {
        const problem = row(weights, k, held ? today : undefined);
        return {
          problem,
          plan: createPlan(problem, assignment),
          reps: reps.map((rep, r): Rep => ({ id: `r${r}`, ...rep })),
          options: {
            ...options,
            skills: asked,
            forbid: forbid.filter(([r, t]) => r < count && t < k).map(([r, t]) => [`r${r}`, `T${t + 1}`] as const),
          } satisfies MatchRepsOptions,
        };
      });
  });

/** What the pair costs, told anew and plainly; null where it must not be. */
function pairCost(
  { problem, plan, options }: { problem: Problem; plan: { assignment: Int32Array }; options: MatchRepsOptions },
  rep: Rep,
  t: number,
): number | null {
  const id = problem.territories[t]!.id;
  const lacks = (options.skills?.[id] ?? []).filter((skill) => !rep.skills!.includes(skill)).length;
  if (lacks > 0 && options.missingSkill === 'forbidden') return null;
  if (options.forbid!.some(([r, territory]) => r === rep.id && territory === id)) return null;
  const units = [...plan.assignment.keys()].filter((u) => plan.assignment[u] === t);
  const w = (u: number) => problem.activity[u]!;
  const load = units.reduce((sum, u) => sum + w(u), 0);
  const center = units.reduce((sum, u) => sum + (load > 0 ? w(u) / load : 1 / units.length) * u, 0);
  const [x, y] = rep.home ?? [0, 0];
  const km =
    options.to === 'units'
      ? units.reduce((sum, u) => sum + w(u) * Math.hypot(u - x, y), 0)
      : load * Math.hypot(center - x, y);
  const lost = heldToday(problem, rep)
    .filter((u) => plan.assignment[u] !== t)
    .reduce((sum, u) => sum + w(u), 0);
  const skills = typeof options.missingSkill === 'number' ? lacks * options.missingSkill : 0;
  return options.distance! * (rep.home ? km : 0) + options.disruption! * lost + skills;
}

function heldToday(problem: Problem, rep: Rep): number[] {
  const index = problem.todayIds.indexOf(rep.id);
  return problem.today && index >= 0 ? [...problem.today.keys()].filter((u) => problem.today![u] === index) : [];
}

/** Best [pairs, cost] over all ways to give reps to territories. */
function bruteForce(input: Parameters<typeof pairCost>[0] & { reps: readonly Rep[] }): [number, number] {
  const { problem, reps, options } = input;
  const k = problem.territories.length;
  const costs = reps.map((rep) => Array.from({ length: k }, (_, t) => pairCost(input, rep, t)));
  const leaving = reps.map((rep) =>
    heldToday(problem, rep).reduce((sum, u) => sum + options.disruption! * problem.activity[u]!, 0),
  );
  // best[mask] after each rep: most pairs, then least cost, over the territories that are taken
  let best = new Map<number, [number, number]>([[0, [0, 0]]]);
  const better = ([p, c]: [number, number], old?: [number, number]) =>
    !old || p > old[0] || (p === old[0] && c < old[1]);
  reps.forEach((_, r) => {
    const next = new Map<number, [number, number]>();
    const offer = (mask: number, value: [number, number]) => {
      if (better(value, next.get(mask))) next.set(mask, value);
    };
    for (const [mask, [pairs, cost]] of best) {
      offer(mask, [pairs, cost + leaving[r]!]);
      for (let t = 0; t < k; t++) {
        const own = costs[r]![t];
        if (own !== null && own !== undefined && !(mask & (1 << t))) offer(mask | (1 << t), [pairs + 1, cost + own]);
      }
    }
    best = next;
  });
  return [...best.values()].reduce((a, b) => (better(b, a) ? b : a));
}

describe('matchReps', () => {
  it('serves as many territories as can be, at the least cost of all matchings', () => {
    fc.assert(
      fc.property(cases, (input) => {
        const { problem, plan, reps, options } = input;
        const result = matchReps(problem, plan, reps, options);
        const [pairs, cost] = bruteForce(input);
        expect(result.pairs).toHaveLength(pairs);
        expect(result.cost).toBeCloseTo(cost, 4);
        for (const { rep, territory, cost: own } of result.pairs) {
          const t = problem.territories.findIndex(({ id }) => id === territory);
          expect(own.total).toBeCloseTo(pairCost(input, reps.find(({ id }) => id === rep)!, t)!, 4);
          expect(own.total).toBe(own.distance + own.disruption + own.skills);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('names every rep and every territory once, and why a territory is left', () => {
    fc.assert(
      fc.property(cases, (input) => {
        const { problem, plan, reps, options } = input;
        const { pairs, unserved, unmatched } = matchReps(problem, plan, reps, options);
        expect([...pairs, ...unmatched].map(({ rep }) => rep).sort()).toEqual(reps.map(({ id }) => id));
        expect([...pairs, ...unserved].map(({ territory }) => territory).sort()).toEqual(
          problem.territories.map(({ id }) => id),
        );
        for (const { territory, reason, reps: may } of unserved) {
          const t = problem.territories.findIndex(({ id }) => id === territory);
          expect(may).toEqual(reps.filter((rep) => pairCost(input, rep, t) !== null).map(({ id }) => id));
          expect(reason).toBe(may.length > 0 ? 'taken' : 'forbidden');
          // who may serve it and is free would
          for (const rep of may) expect(unmatched.map((one) => one.rep)).not.toContain(rep);
        }
      }),
    );
  });

  it('works on problems of every kind, and is the same again', () => {
    fc.assert(
      fc.property(anyProblem(), fc.nat(5), (problem, count) => {
        const plan = createPlan(
          problem,
          problem.ids.map((_, u) => u % problem.territories.length),
        );
        const reps = Array.from({ length: count }, (_, r) => ({
          id: `rep ${r}`,
          territory: problem.todayIds[r] ?? null,
        }));
        const result = matchReps(problem, plan, reps);
        expect(result.pairs).toHaveLength(Math.min(count, problem.territories.length));
        expect(matchReps(problem, plan, reps)).toEqual(result);
      }),
    );
  });

  it('counts the accounts that a rep names in place of those of his territory', () => {
    const problem = tinyProblem({
      activity: [[3, 5]],
      edges: [[0, 1]],
      territories: territories(2),
      todayIds: ['T1', 'T2', 'Ann'],
      today: [2, 2],
      accounts: [
        { unit: 0, today: 2, activity: [3] },
        { unit: 1, today: 2, activity: [5] },
      ],
    });
    const plan = createPlan(problem, [0, 1]);
    expect(matchReps(problem, plan, [{ id: 'Ann' }]).pairs).toMatchObject([
      { territory: 'T2', cost: { disruption: 3 } },
    ]);
    const named = matchReps(problem, plan, [{ id: 'Ann', accounts: ['a0'] }]);
    expect(named.pairs).toMatchObject([{ territory: 'T1', cost: { disruption: 0 } }]);
    expect(named.unserved).toEqual([{ territory: 'T2', reason: 'taken', reps: ['Ann'] }]);
    expect(matchReps(problem, plan, [{ id: 'Ben', territory: 'Ann' }]).pairs).toMatchObject([{ territory: 'T2' }]);
  });

  it('measures great-circle kilometres from a home in degrees', () => {
    const problem = tinyProblem({
      activity: [[1, 1]],
      edges: [[0, 1]],
      lngLat: [0, 0, 179, 0],
      territories: territories(2),
    });
    const reps = [
      { id: 'east', home: [-179, 0] as const },
      { id: 'here', home: [0, 1] as const },
    ];
    const { pairs } = matchReps(problem, createPlan(problem, [0, 1]), reps);
    expect(pairs.map(({ rep, territory }) => [rep, territory])).toEqual([
      ['here', 'T1'],
      ['east', 'T2'],
    ]);
    const degree = (Math.PI / 180) * 6371.0072;
    expect(pairs[0]!.cost.distance).toBeCloseTo(degree, 4);
    expect(pairs[1]!.cost.distance).toBeCloseTo(2 * degree, 4);
  });

  it.each<[string, string, unknown, MatchRepsOptions | undefined]>([
    ['INVALID_INPUT', 'reps', 'Ann', undefined],
    ['INVALID_INPUT', 'reps[0].id', [{}], undefined],
    ['INVALID_INPUT', 'reps[1].id', [{ id: 'a' }, { id: 'a' }], undefined],
    ['INVALID_INPUT', 'reps[0].house', [{ id: 'a', house: 1 }], undefined],
    ['INVALID_INPUT', 'reps[0].home', [{ id: 'a', home: [1] }], undefined],
    ['INVALID_INPUT', 'reps[0].home[1]', [{ id: 'a', home: [1, Number.NaN] }], undefined],
    ['INVALID_INPUT', 'reps[0].skills[0]', [{ id: 'a', skills: [''] }], undefined],
    ['INVALID_INPUT', 'reps[0].territory', [{ id: 'a', territory: 'nobody' }], undefined],
    ['INVALID_INPUT', 'reps[0].accounts', [{ id: 'a', accounts: ['nobody'] }], undefined],
    ['INVALID_OPTION', 'to', [], { to: 'home' as 'units' }],
    ['INVALID_OPTION', 'distance', [], { distance: -1 }],
    ['INVALID_OPTION', 'disruption', [], { disruption: Infinity }],
    ['INVALID_OPTION', 'missingSkill', [], { missingSkill: -1 }],
    ['INVALID_OPTION', 'skills["T9"]', [], { skills: { T9: [] } }],
    ['INVALID_OPTION', 'forbid[0][0]', [], { forbid: [['nobody', 'T1']] }],
    ['INVALID_OPTION', 'forbid[0][1]', [{ id: 'a' }], { forbid: [['a', 'T9']] }],
    ['INVALID_OPTION', 'sskills', [], { sskills: {} } as MatchRepsOptions],
  ])('throws %s at %s', (code, path, reps, options) => {
    const problem = row([1, 1], 2);
    try {
      matchReps(problem, createPlan(problem, [0, 1]), reps as Rep[], options);
    } catch (error) {
      expect(error).toBeInstanceOf(TerritoryError);
      expect([(error as TerritoryError).code, (error as TerritoryError).details.path]).toEqual([code, path]);
      return;
    }
    throw new Error('did not throw');
  });

  it('refuses a home where units have no positions', () => {
    const problem = tinyProblem({ activity: [[1, 1]], edges: [[0, 1]], territories: territories(2) });
    const plan = createPlan(problem, [0, 1]);
    expect(() => matchReps(problem, plan, [{ id: 'a', home: [0, 0] }])).toThrow('reps[0].home needs a problem');
  });
});
