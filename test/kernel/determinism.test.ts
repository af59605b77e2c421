import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../../src/kernel/create-kernel.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { problem as anyProblem } from '../arbitraries.js';
import { accountsInput, gridInput } from '../optimizer/grid.js';
import { hashAssignment, kernelModule, runKernel, runToEnd } from './kernel-fixture.js';

/** Enough for every stage of a cycle on a small problem: annealing, quench, the end. */
const MOVES = 3000;

describe('one seed gives one plan', () => {
  it('from the release and the debug kernel', () => {
    fc.assert(
      fc.property(anyProblem(), fc.nat(), (problem, seed) => {
        const release = runKernel(problem, { seed, moveLimit: MOVES });
        const debug = runKernel(problem, { seed, moveLimit: MOVES, target: 'debug' });
        expect(debug.assignment).toEqual(release.assignment);
        expect(debug.kernel.violation).toBe(release.kernel.violation);
        expect(debug.kernel.cost).toBe(release.kernel.cost);
      }),
      { numRuns: 12 },
    );
  });

  it('however the run is cut into steps', () => {
    fc.assert(
      fc.property(anyProblem(), fc.nat(3), (problem, start) => {
        const whole = runKernel(problem, { start, moveLimit: MOVES, effort: 1e6 });
        for (const effort of [1, 100]) {
          const cut = runKernel(problem, { start, moveLimit: MOVES, effort });
          expect(cut.assignment).toEqual(whole.assignment);
          expect(cut.kernel.cost).toBe(whole.kernel.cost);
          expect(cut.kernel.moves).toBe(whole.kernel.moves);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('again on the same instance, whatever ran there before', () => {
    fc.assert(
      fc.property(anyProblem(), fc.integer({ min: 1, max: 5000 }), (problem, earlier) => {
        const { kernel, assignment } = runKernel(problem, { moveLimit: MOVES });
        const { cost } = kernel;
        runToEnd(kernel, { seed: 7, start: 5, moveLimit: earlier });
        kernel.start({ seed: 8, start: 1, moveLimit: Infinity });
        kernel.step(earlier, 0);
        expect(runToEnd(kernel, { moveLimit: MOVES })).toEqual(assignment);
        expect(kernel.cost).toBe(cost);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [6, 0.3],
    [10, 0.3],
    [14, 0.1],
  ])('again on the same instance, over many adaptions of the pressure: side %s, tolerance %s', (side, tolerance) => {
    const problem = prepareProblem({ ...gridInput(side, 7), balance: { hours: { tolerance } } });
    const limit = { moveLimit: 30_000 };
    const { assignment } = runKernel(problem, limit);
    for (const earlier of [900, 5000]) {
      const kernel = createKernel(kernelModule('release'), problem);
      runToEnd(kernel, { seed: 9, moveLimit: earlier });
      expect(runToEnd(kernel, limit)).toEqual(assignment);
    }
  });
});

describe('seeds and starts', () => {
  it('lead to different plans', () => {
    const problem = prepareProblem(gridInput(14, 6));
    const hashes = (runs: readonly { seed?: number; start?: number }[]) =>
      new Set(runs.map((run) => hashAssignment(runKernel(problem, { ...run, moveLimit: 3000 }).assignment))).size;
    expect(hashes([1, 2, 3, 4, 5].map((seed) => ({ seed })))).toBeGreaterThan(1);
    expect(hashes([0, 1, 2, 3, 4].map((start) => ({ start })))).toBeGreaterThan(1);
  });
});

describe('the plans of two fixed problems', () => {
  // A change of the search changes these on purpose; a change of engine, flags or step sizes must not.
  it('are the known ones', () => {
    const grid = runKernel(prepareProblem(gridInput(9, 5)), { seed: 11, moveLimit: 10_000 });
    const scattered = runKernel(prepareProblem(accountsInput(80, 4)), { seed: 4_294_967_295, moveLimit: 10_000 });
    expect([hashAssignment(grid.assignment), hashAssignment(scattered.assignment)]).toEqual(['818d42af', 'd7cf1877']);
  });
});
