import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { unitWeights } from '../../src/metrics/weights.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Evaluation, Problem, ProblemInput } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { accountsInput, gridInput } from '../optimizer/grid.js';
import { type RunOptions, runKernel } from './kernel-fixture.js';

/** Runs a search and holds its plan and score to what every returned plan must be. */
function check(problem: Problem, options: RunOptions = {}): Evaluation {
  const { kernel, assignment } = runKernel(problem, options);
  const { territories: specs, today, objective } = problem;
  const evaluation = evaluate(problem, createPlan(problem, assignment));

  const held = (u: number) => today !== null && today[u]! >= 0 && specs[today[u]!]?.locked === true;
  const open = specs.filter(({ locked }) => !locked).length;
  const movable = assignment.filter((_, u) => !held(u)).length;
  assignment.forEach((t, u) => {
    if (held(u)) expect(t, 'a unit of a locked territory').toBe(today![u]);
    else if (open === 0) expect(t, 'a unit that no territory may take').toBe(-1);
    else {
      expect(t, 'a unit’s territory').toBeGreaterThanOrEqual(0);
      expect(specs[t]!.locked, 'a locked territory gained a unit').toBe(false);
    }
  });
  if (movable >= open) expect(evaluation.violations.filter(({ kind }) => kind === 'empty')).toEqual([]);

  expect(kernel.hasPlan).toBe(true);
  const slack = 1e-9 * Math.max(1, evaluation.violation);
  expect(Math.abs(kernel.violation - evaluation.violation), 'violation').toBeLessThanOrEqual(slack);
  const weight = unitWeights(problem).reduce((sum, w) => sum + w, 0);
  const costSlack = 1e-9 * (evaluation.cost.total + objective.inertia * weight);
  expect(Math.abs(kernel.cost - evaluation.cost.total), 'cost').toBeLessThanOrEqual(costSlack);
  return evaluation;
}

describe('the plan of a whole run is complete, keeps locks, and has the score that evaluate gives it', () => {
  it('for problems of every kind', () => {
    fc.assert(
      fc.property(anyProblem(), fc.nat(3), (problem, start) => {
        check(problem, { start, moveLimit: 4000 });
      }),
      { numRuns: 150 },
    );
  });

  it('for problems of every kind, on the kernel that checks every index', () => {
    fc.assert(
      fc.property(anyProblem(), (problem) => {
        check(problem, { moveLimit: 1000, target: 'debug' });
      }),
      { numRuns: 20 },
    );
  });

  it('when it is finished at any time', () => {
    fc.assert(
      fc.property(anyProblem(), fc.nat(3000), (problem, effort) => {
        const { kernel } = runKernel(problem, { moveLimit: 1 });
        kernel.start({ seed: 1, start: 1, moveLimit: Infinity });
        kernel.step(effort, 0);
        kernel.finish();
        const evaluation = evaluate(problem, createPlan(problem, kernel.assignment()));
        expect(kernel.phase).toBe('done');
        const slack = 1e-9 * Math.max(1, evaluation.violation);
        expect(Math.abs(kernel.violation - evaluation.violation)).toBeLessThanOrEqual(slack);
      }),
      { numRuns: 40 },
    );
  });
});

const strip = (activity: readonly number[], k: number) =>
  tinyProblem({
    activity: [activity],
    edges: gridEdges(activity.length, 1),
    xy: gridXy(activity.length, 1),
    territories: territories(k),
  });

describe('at the edges of what a problem can be, a run', () => {
  it('gives everything to a single territory', () => {
    const { feasible, territories: rows } = check(strip([1, 2, 3], 1));
    expect(feasible).toBe(true);
    expect(rows[0]!.units).toBe(3);
  });

  it('gives each territory one unit when there are as many', () => {
    const { territories: rows } = check(strip([1, 1, 1, 1, 1], 5));
    expect(rows.map((row) => row.units)).toEqual([1, 1, 1, 1, 1]);
    check(strip([7], 1));
  });

  it.each([1e-300, 1e-12, 1, 1e12, 1e100])('finds the same balance at activities around %s', (scale) => {
    const { feasible } = check(
      strip(
        [1, 2, 3, 3, 2, 1].map((x) => x * scale),
        2,
      ),
    );
    expect(feasible).toBe(true);
  });

  it('takes units with and without activity, and one that outweighs all the others', () => {
    const { violations } = check(strip([0, 0, 1e9, 0, 1, 0, 1, 0], 3));
    expect(violations.every(({ kind }) => kind === 'balance')).toBe(true);
    check(strip([0, 0, 0, 1, 0, 0, 0], 3));
  });

  it('joins what has no edges when contiguity is off', () => {
    const loose = tinyProblem({
      activity: [[4, 3, 2, 1, 5, 6, 3]],
      xy: gridXy(7, 1),
      territories: territories(3),
      contiguity: 'off',
    });
    expect(check(loose).violation).toBe(0);
  });

  it('needs no positions when only edges count', () => {
    const input: ProblemInput = {
      units: Array.from({ length: 30 }, (_, u) => ({ id: `u${u}`, activity: { hours: 1 } })),
      edges: gridEdges(6, 5),
      territories: 3,
      objective: { inertia: 0, cutEdges: 1 },
    };
    const evaluation = check(prepareProblem(input));
    expect(evaluation.feasible).toBe(true);
    // two straight cuts of five, or one of each kind that is as short
    expect(evaluation.cost.total).toBeLessThanOrEqual(11);
  });

  it.each([1, 2, 4])('tells %s territories apart when all units are in one place', (k) => {
    const { violation } = check(
      tinyProblem({
        activity: [new Array<number>(16).fill(1)],
        edges: gridEdges(4, 4),
        xy: new Array<number>(32).fill(3),
        territories: territories(k),
      }),
    );
    expect(violation).toBe(0);
  });

  it('takes reps who live at the same place', () => {
    const twins = [1, 2, 3].map((t) => ({ id: `T${t}`, center: [1, 1] as const }));
    const evaluation = check(
      tinyProblem({
        activity: [new Array<number>(24).fill(1)],
        edges: gridEdges(6, 4),
        xy: gridXy(6, 4),
        territories: twins,
      }),
    );
    expect(evaluation.violation).toBe(0);
  });

  it('leaves alone what only locked territories could take', () => {
    const problem = tinyProblem({
      activity: [[1, 1, 1, 1]],
      edges: gridEdges(4, 1),
      xy: gridXy(4, 1),
      territories: [
        { id: 'T1', locked: true },
        { id: 'T2', locked: true },
      ],
      today: [0, 0, 1, -1],
    });
    const { violations } = check(problem);
    expect(violations.find(({ kind }) => kind === 'unassigned')?.amount).toBe(1);
  });

  it('lets an open territory be whose units are all locked away', () => {
    const problem = tinyProblem({
      activity: [[1, 1, 1, 1]],
      edges: gridEdges(4, 1),
      xy: gridXy(4, 1),
      territories: [{ id: 'T1', locked: true }, { id: 'T2' }],
      today: [0, 0, 0, 0],
    });
    expect(check(problem).territories.map((row) => row.units)).toEqual([4, 0]);
  });

  it('survives centres that a jump puts in one place', () => {
    for (const [side, k] of [
      [2, 4],
      [3, 3],
      [3, 6],
    ] as const) {
      const problem = prepareProblem(gridInput(side, k));
      for (let seed = 0; seed < 40; seed++) check(problem, { seed, start: 1, moveLimit: 2 });
    }
  });

  it('balances accounts in full size', () => {
    expect(check(prepareProblem(accountsInput(600, 6)), { moveLimit: 200_000 }).feasible).toBe(true);
  });
});
