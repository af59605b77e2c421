import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishedBound } from '../../bench/instances/dual-bound.mjs';
import { roundHalfEven } from '../../bench/instances/metric.mjs';
import { toProblem } from '../../bench/instances/published.mjs';
import { scorePlan } from '../../bench/instances/score.mjs';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';

/** Six units on a line, 1.5 km apart: places 0, 1.5, 3, … km round to 0, 2, 3, 4, 6, 8 (halves to even). */
const LINE = {
  name: 'line',
  objective: 'moment-of-inertia',
  contiguity: true,
  metric: { type: 'planar-km-rounded' },
  scale: 1e-6,
  k: 2,
  lower: 30,
  upper: 33,
  units: [10, 11, 10, 10, 11, 10].map((weight, id) => ({ id, geoid: `g${id}`, x: 1500 * id, y: 0, weight })),
  edges: Array.from({ length: 5 }, (_, u): [number, number] => [u, u + 1]),
  bestKnown: { value: 160e-6 },
};
const HALVES = [0, 0, 0, 1, 1, 1];

describe('rounding as the papers do', () => {
  it('sends a half to the even neighbour', () => {
    expect([0.5, 1.5, 2.5, 2.4999, 2.5001, 7].map(roundHalfEven)).toEqual([0, 2, 2, 2, 3, 7]);
  });
});

describe('the score of a plan', () => {
  it('takes rounded distances from the best unit, times the scale', () => {
    // the middle unit is the centre; its neighbours are 1.5 km away, which rounds to 2
    const { value, feasible, gap, parts, least, most } = scorePlan(LINE, HALVES);
    expect(value).toBeCloseTo(2 * (10 * 4 + 10 * 4) * 1e-6, 12);
    expect(gap).toBeCloseTo(0, 9);
    expect([feasible, parts, least, most]).toEqual([true, 2, 31, 31]);
  });

  it('refuses loads beyond either bound', () => {
    expect(scorePlan(LINE, [0, 0, 1, 1, 1, 1]).feasible).toBe(false);
    expect(scorePlan({ ...LINE, lower: null }, [0, 0, 1, 1, 1, 1]).feasible).toBe(false);
    expect(scorePlan({ ...LINE, lower: null, upper: 41 }, [0, 0, 1, 1, 1, 1]).feasible).toBe(true);
  });

  it('refuses torn, empty and incomplete territories', () => {
    const torn = [0, 1, 0, 1, 0, 1];
    expect(scorePlan(LINE, torn)).toMatchObject({ feasible: false, parts: 6 });
    expect(scorePlan({ ...LINE, contiguity: false }, torn).feasible).toBe(true);
    expect(scorePlan({ ...LINE, lower: null, upper: 100 }, [0, 0, 0, 0, 0, 0]).feasible).toBe(false);
    expect(scorePlan(LINE, [0, 0, 0, 1, 1, -1]).feasible).toBe(false);
  });

  it('counts the edges between territories under the border objective', () => {
    const cut = { ...LINE, objective: 'cut-edges', bestKnown: { value: 1 } };
    expect(scorePlan(cut, HALVES)).toMatchObject({ value: 1, gap: 0, feasible: true });
    expect(scorePlan(cut, [0, 1, 0, 1, 0, 1]).value).toBe(5);
  });

  it('demands that a centre has the capacity for its territory', () => {
    const capacities = [0, 40, 0, 0, 30, 0];
    const capacitated = { ...LINE, lower: null, upper: 0, capacities };
    expect(scorePlan(capacitated, HALVES).feasible).toBe(false);
    expect(scorePlan({ ...capacitated, capacities: capacities.map(() => 40) }, HALVES).feasible).toBe(true);
  });

  it('equals the metrics of the library where nothing is rounded', () => {
    const exact = { ...LINE, metric: { type: 'planar-km' }, scale: 1 };
    const problem = prepareProblem(toProblem(exact) as ProblemInput);
    for (const assignment of [HALVES, [0, 0, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]]) {
      const { cost, feasible } = evaluate(problem, createPlan(problem, Int32Array.from(assignment)));
      const scored = scorePlan(exact, assignment);
      expect(scored.value).toBeCloseTo(cost.inertia, 6);
      expect(scored.feasible).toBe(feasible);
    }
  });
});

describe('the bound of published multipliers', () => {
  const multiplier = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 6, maxLength: 6 });

  it('lies below every feasible plan, whatever the multipliers', () => {
    const exact = { ...LINE, metric: { type: 'planar-km' }, scale: 1, contiguity: false };
    const plans = Array.from({ length: 64 }, (_, bits) => LINE.units.map((_unit, u) => (bits >> u) & 1));
    const values = plans.map((plan) => scorePlan(exact, plan)).filter((scored) => scored.feasible);
    expect(values.length).toBeGreaterThan(4);
    const least = Math.min(...values.map((scored) => scored.value));
    fc.assert(
      fc.property(multiplier, multiplier, multiplier, (alpha, lambda, upsilon) => {
        const bound = publishedBound(exact, { alpha, lambda, upsilon });
        expect(bound.paper).toBe(bound.exact);
        expect(bound.exact).toBeLessThanOrEqual(least + 1e-9);
      }),
    );
  });

  it('is the sum of the cheapest stars without multipliers that pull', () => {
    const none = [0, 0, 0, 0, 0, 0];
    expect(publishedBound(LINE, { alpha: none, lambda: none, upsilon: none }).exact).toBe(0);
  });
});
