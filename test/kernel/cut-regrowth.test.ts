import { describe, expect, it } from 'vitest';
import { KERNEL_PHASES } from '../../src/kernel/abi.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { hashAssignment, loadKernel, runKernel, TARGETS } from './kernel-fixture.js';

const WIDTH = 24;
const HEIGHT = 12;
const UNITS = WIDTH * HEIGHT;

/** A comb: a spine along one side and six teeth, along which territories are long and bent. */
function comb() {
  const open = (u: number) => u < 3 * WIDTH || Math.floor((u % WIDTH) / 4) % 2 === 0;
  const edges = gridEdges(WIDTH, HEIGHT).filter(([u, v]) => open(u) === open(v) || u < 3 * WIDTH);
  return tinyProblem({
    activity: [Array.from({ length: UNITS }, (_, u) => 1 + (u % 3))],
    edges: edges as [number, number][],
    xy: gridXy(WIDTH, HEIGHT),
    territories: territories(5),
    tolerance: 0.02,
    objective: { inertia: 0, cutEdges: 1 },
  });
}

describe.each(TARGETS)('plans that the border search of the %s kernel grows anew', (target) => {
  it('are whole, counted and in one piece per territory', () => {
    const kernel = loadKernel(comb(), target);
    kernel.start(3, 0, 1_500_000);
    while (KERNEL_PHASES[kernel.getPhase()] !== 'done') {
      kernel.step(40_000, 0);
      if (KERNEL_PHASES[kernel.getPhase()] !== 'improve') continue;
      const cost = kernel.carriedSearchCost();
      kernel.exposePlan();
      kernel.recountAll();
      expect(kernel.searchCost()).toBeCloseTo(cost, 6);
      expect(kernel.scoreComponents()).toBe(5);
    }
    expect(kernel.getViolation()).toBe(0);
  });
});

describe('a border search long enough to grow plans anew', () => {
  it('ends in the same plan however it is cut into steps', () => {
    const plans = [1_000, 77_777, 10_000_000].map((effort) =>
      hashAssignment(runKernel(comb(), { seed: 4, moveLimit: 2_000_000, effort }).assignment),
    );
    expect(new Set(plans).size).toBe(1);
  });
});
