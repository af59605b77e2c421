import { describe, expect, it } from 'vitest';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { runKernel } from './kernel-fixture.js';
import { expectBest, type Options } from './lumpy-cases.js';

const kinds: Record<string, Options> = {
  'two territories': { n: 18, k: 2 },
  'three territories': { n: 17, k: 3 },
  'a wide band': { n: 17, k: 3, tolerance: 0.1 },
  'unequal shares': { n: 17, k: 3, labels: 'shares' },
  'fixed centres': { n: 17, k: 3, labels: 'centers' },
  'a locked territory': { n: 17, k: 3, labels: 'lock' },
  'a locked territory among four': { n: 17, k: 4, labels: 'lock', tolerance: 0.1 },
  'best units': { n: 17, k: 3, objective: { center: 'unit' } },
  'best units, by distance': { n: 17, k: 3, objective: { center: 'unit', power: 1 }, tolerance: 0.1 },
  distances: { n: 17, k: 3, objective: { power: 1 } },
  'every term': { n: 17, k: 3, objective: { cutEdges: 300, disruption: 0.5 }, moveLimit: 600_000 },
};

describe('where balance is a puzzle, no plan of contiguous territories beats the best of some runs', () => {
  it.each(Object.keys(kinds))('under %s', (name) => {
    expectBest(kinds[name]!);
  });
});

describe('parts that make no plan at first', () => {
  it('are put together once others have come', () => {
    // the first balanced parts cover no plan, and prices that rise without end would hide all later ones
    const loads = [38, 167, 262, 294, 169, 100, 39, 392, 399, 323, 24, 205, 10, 371, 368, 10, 6, 5];
    const x = [28, 94, 220, 1, 71, 204, -3, 100, 229, 1, 88, 196, -4, 103, 191, -23, 106, 212];
    const y = [5, 20, 13, 115, 109, 130, 174, 201, 201, 280, 303, 298, 419, 402, 402, 505, 504, 503];
    const diagonals = [0, 3, 4, 6, 7, 10];
    const edges = [...gridEdges(3, 6), ...diagonals.map((u): [number, number] => [u, u + 4])];
    const problem = tinyProblem({
      activity: [loads],
      edges,
      xy: loads.flatMap((_, u) => [x[u]! / 100, y[u]! / 100]),
      territories: territories(3),
      tolerance: 0.02,
    });
    const { kernel } = runKernel(problem, { moveLimit: 300_000 });
    expect(kernel.violation).toBe(0);
    expect(kernel.cost).toBeCloseTo(4035.416_77, 5);
  });
});

describe('a unit without neighbours', () => {
  it('stays a territory of its own, on the kernel that checks every index', () => {
    let state = 7;
    const loads = Array.from({ length: 24 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return 20 + Math.round(300 * (state / 2_147_483_648) ** 3);
    });
    const third = Math.round(loads.reduce((sum, load) => sum + load, 0) / 3);
    const problem = tinyProblem({
      activity: [[...loads, third]],
      edges: gridEdges(6, 4),
      xy: [...gridXy(6, 4), 9, 9],
      territories: territories(4),
      tolerance: 0.03,
    });
    const { kernel, assignment } = runKernel(problem, { moveLimit: 400_000, target: 'debug' });
    expect(kernel.violation).toBe(0);
    expect(assignment.filter((t) => t === assignment[24])).toHaveLength(1);
  });
});
