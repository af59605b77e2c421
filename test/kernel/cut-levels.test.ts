import { describe, expect, it } from 'vitest';
import { KERNEL_PHASES } from '../../src/kernel/abi.js';
import type { Objective } from '../../src/types.js';
import { gridEdges, gridXy, territories, tinyProblem, withLengths } from '../metrics/tiny-problem.js';
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

const borderProblem = (
  edges: readonly (readonly [number, number])[],
  tolerance: number,
  objective: Partial<Objective> = { inertia: 0, cutEdges: 2 },
) =>
  tinyProblem({
    activity: [
      Array.from({ length: UNITS }, (_, u) => 1 + ((u * 37) % 5)),
      Array.from({ length: UNITS }, (_, u) => (u * 11) % 3),
    ],
    edges: withLengths(edges),
    xy: gridXy(SIDE, SIDE),
    territories: territories(TERRITORIES),
    tolerance,
    objective,
  });

describe.each(TARGETS)('on every level of its hierarchy the border search of the %s kernel', (target) => {
  it.each([
    ['squares', gridEdges(SIDE, SIDE), { inertia: 0, cutEdges: 2, borderKm: 0 }],
    ['triangles', triangles(), { inertia: 0, cutEdges: 2, borderKm: 0 }],
    ['triangles by their lengths', triangles(), { inertia: 0, cutEdges: 0, borderKm: 2 }],
  ])(
    'carries the cut and the balance of the plan of units, in one piece per territory, on %s',
    (_, edges, objective) => {
      const problem = borderProblem(edges, 0.05, objective);
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
        // lengths are rounded to single precision on the levels
        const slack = objective.borderKm > 0 ? 1e-6 * cost : 5e-7;
        expect(Math.abs(kernel.searchCost() - cost)).toBeLessThanOrEqual(slack);
        expect(kernel.scoreImbalance()).toBeCloseTo(imbalance, 6);
        expect(kernel.scoreComponents()).toBe(TERRITORIES);
        looks++;
      }
      expect(looks).toBeGreaterThan(50);
    },
  );
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

  it('follows the kilometres, not the number of edges', () => {
    // a stair along the diagonal costs a tenth per step; straight across it is 24 km
    const side = (u: number) => {
      const [x, y] = [u % SIDE, Math.floor(u / SIDE)];
      return x + y < SIDE - 1 || (x + y === SIDE - 1 && x < SIDE / 2);
    };
    const edges = gridEdges(SIDE, SIDE).map(([u, v]) => [u, v, side(u) === side(v) ? 1 : 0.1] as const);
    const stair = edges.filter(([u, v]) => side(u) !== side(v)).length;
    const problem = tinyProblem({
      activity: [new Array<number>(UNITS).fill(1)],
      edges,
      xy: gridXy(SIDE, SIDE),
      territories: territories(2),
      tolerance: 0,
      objective: { inertia: 0, borderKm: 1 },
    });
    const { kernel } = runKernel(problem, { moveLimit: 2_000_000 });
    expect(stair).toBeGreaterThan(SIDE);
    expect(kernel.violation).toBe(0);
    expect(kernel.cost).toBeCloseTo(0.1 * stair, 9);
  });

  it('needs no places', () => {
    const { xy: _, ...rest } = borderProblem(triangles(), 0.05);
    const { kernel } = runKernel({ ...rest, xy: null }, { moveLimit: 500_000 });
    expect(kernel.violation).toBe(0);
    expect(kernel.cost).toBeLessThan(2 * 4.4 * SIDE);
  });
});
