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
  'every term': { n: 17, k: 3, objective: { cutEdges: 300, disruption: 0.5 }, moveLimit: 600_000, cases: 2 },
};

describe('where balance is a puzzle, no plan of contiguous territories beats the best of some runs', () => {
  it.each(Object.keys(kinds))('under %s', (name) => {
    expectBest(kinds[name]!);
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
