import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../../src/kernel/create-kernel.js';
import type { Incumbent, Kernel } from '../../src/kernel/kernel.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { problem as anyProblem } from '../arbitraries.js';
import { gridInput } from '../optimizer/grid.js';
import { kernelModule, runToEnd, type Target } from './kernel-fixture.js';

const MOVES = 3000;

/** Plans of `count` starts, as a worker hands them on. */
function startRuns(problem: Problem, count: number): Incumbent[] {
  const kernel = createKernel(kernelModule('release'), problem);
  return Array.from({ length: count }, (_, start) => {
    const assignment = runToEnd(kernel, { start, moveLimit: MOVES });
    return { assignment, lessons: kernel.lessons() };
  });
}

interface Resumed {
  readonly from: Incumbent;
  readonly others?: readonly Int32Array[];
  readonly effort?: number;
  readonly kernel?: Kernel;
  readonly target?: Target;
}

/** Continues a plan to the end of its moves, on a fresh instance where none is given. */
function resume(problem: Problem, { from, others = [], effort = 1e5, target = 'release', ...given }: Resumed) {
  const kernel = given.kernel ?? createKernel(kernelModule(target), problem);
  kernel.start({ seed: 1, start: 7, moveLimit: MOVES, from, others });
  while (kernel.phase !== 'done') kernel.step(effort, 0);
  const { violation, cost, moves } = kernel;
  return { assignment: kernel.assignment(), lessons: kernel.lessons(), violation, cost, moves };
}

/** Problems of every kind, the border alone among them. */
const problems = fc.oneof(
  anyProblem(),
  anyProblem().map(
    (problem): Problem => ({
      ...problem,
      objective: { ...problem.objective, inertia: 0, disruption: 0, cutEdges: 1 },
    }),
  ),
);

describe('a run that continues a plan', () => {
  it('has it at once, ends at its move limit, and is judged as evaluate does', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const [from] = startRuns(problem, 1);
        const kernel = createKernel(kernelModule('release'), problem);
        kernel.start({ seed: 1, start: 7, moveLimit: MOVES, from: from! });
        expect(kernel.hasPlan).toBe(true);
        expect(kernel.assignment()).toEqual(from!.assignment);
        const { assignment, violation } = resume(problem, { from: from!, kernel });
        const truth = evaluate(problem, createPlan(problem, assignment));
        expect(Math.abs(violation - truth.violation)).toBeLessThanOrEqual(1e-9 * Math.max(1, truth.violation));
      }),
      { numRuns: 40 },
    );
  });

  it('ends with no greater violation than it began with', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const [from] = startRuns(problem, 1);
        const before = evaluate(problem, createPlan(problem, from!.assignment)).violation;
        const { violation } = resume(problem, { from: from! });
        expect(violation).toBeLessThanOrEqual(before + 1e-9 * Math.max(1, before));
      }),
      { numRuns: 40 },
    );
  });

  it('gives one plan, however it is cut into steps, on either target, whatever ran on the instance before', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 1, max: 2000 }), (problem, earlier) => {
        const [from, ...rest] = startRuns(problem, 3);
        const others = rest.map(({ assignment }) => assignment);
        const whole = resume(problem, { from: from!, others });
        expect(resume(problem, { from: from!, others, effort: 37 })).toEqual(whole);
        expect(resume(problem, { from: from!, others, target: 'debug' })).toEqual(whole);
        const kernel = createKernel(kernelModule('release'), problem);
        kernel.start({ seed: 8, start: 1, moveLimit: Infinity });
        kernel.step(earlier, 0);
        expect(resume(problem, { from: from!, others, kernel })).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('makes a poor plan better', () => {
    const problem = prepareProblem(gridInput(20, 6));
    const [from] = startRuns(problem, 1);
    const kernel = createKernel(kernelModule('release'), problem);
    runToEnd(kernel, { moveLimit: MOVES });
    const before = kernel.cost;
    kernel.start({ seed: 1, start: 9, moveLimit: 200_000, from: from! });
    while (kernel.phase !== 'done') kernel.step(1e5, 0);
    expect(kernel.violation).toBe(0);
    expect(kernel.cost).toBeLessThan(before);
  });
});
