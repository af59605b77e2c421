import { describe, expect, it } from 'vitest';
import { KERNEL_PHASES } from '../../src/kernel/abi.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { loadKernel, readAssignment, runKernel, TARGETS, writeAssignment } from './kernel-fixture.js';

const SIDE = 24;
const UNITS = SIDE * SIDE;
const TERRITORIES = 4;

/** Edges of a triangulated grid: right, down, and one diagonal. */
function triangles(): [number, number][] {
  const diagonals: [number, number][] = [];
  for (let y = 0; y + 1 < SIDE; y++) {
    for (let x = 0; x + 1 < SIDE; x++) diagonals.push([y * SIDE + x, (y + 1) * SIDE + x + 1]);
  }
  return [...gridEdges(SIDE, SIDE), ...diagonals] as [number, number][];
}

const borderProblem = (edges: readonly (readonly [number, number])[], tolerance: number) =>
  tinyProblem({
    activity: [
      Array.from({ length: UNITS }, (_, u) => 1 + ((u * 37) % 5)),
      Array.from({ length: UNITS }, (_, u) => (u * 11) % 3),
    ],
    edges: edges as [number, number][],
    xy: gridXy(SIDE, SIDE),
    territories: territories(TERRITORIES),
    tolerance,
    objective: { inertia: 0, cutEdges: 2 },
  });

describe.each(TARGETS)('on every level of its hierarchy the border search of the %s kernel', (target) => {
  it.each([
    ['squares', gridEdges(SIDE, SIDE)],
    ['triangles', triangles()],
  ])('carries the cut and the balance of the plan of units, in one piece per territory, on %s', (_, edges) => {
    const problem = borderProblem(edges as [number, number][], 0.05);
    const kernel = loadKernel(problem, target);
    kernel.start(5, 0, 60_000);
    let looks = 0;
    while (KERNEL_PHASES[kernel.getPhase()] !== 'done') {
      kernel.step(300, 0);
      if (KERNEL_PHASES[kernel.getPhase()] !== 'improve') continue;
      const cost = kernel.carriedSearchCost();
      const imbalance = kernel.carriedSearchImbalance();
      kernel.exposePlan();
      writeAssignment(kernel, readAssignment(kernel, UNITS));
      expect(kernel.searchCost()).toBeCloseTo(cost, 6);
      expect(kernel.scoreImbalance()).toBeCloseTo(imbalance, 6);
      expect(kernel.scoreComponents()).toBe(TERRITORIES);
      looks++;
    }
    expect(looks).toBeGreaterThan(50);
  });
});

describe('the border search', () => {
  it('cuts a square grid into quarters by straight lines', () => {
    const problem = tinyProblem({
      activity: [new Array<number>(UNITS).fill(1)],
      edges: gridEdges(SIDE, SIDE),
      xy: gridXy(SIDE, SIDE),
      territories: territories(4),
      tolerance: 0,
      objective: { inertia: 0, cutEdges: 1 },
    });
    const { kernel } = runKernel(problem, { moveLimit: 2_000_000 });
    expect(kernel.violation).toBe(0);
    expect(kernel.cost).toBe(2 * SIDE);
  });

  it('needs no places', () => {
    const { xy: _, ...rest } = borderProblem(triangles(), 0.05);
    const { kernel } = runKernel({ ...rest, xy: null }, { moveLimit: 500_000 });
    expect(kernel.violation).toBe(0);
    expect(kernel.cost).toBeLessThan(2 * 4.4 * SIDE);
  });
});
