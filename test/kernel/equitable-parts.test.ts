import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { runKernel } from './kernel-fixture.js';

const SIDE = 24;

/**
 * People crowd in the middle, shops are spread evenly: compact territories around the middle have the people without the
 * shops, those at the rim the shops without the people. Sectors from the middle outwards hold both.
 */
function cityAndCountry(territories: number) {
  const units = [];
  const edges: [number, number][] = [];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const u = y * SIDE + x;
      const away = Math.hypot(x - SIDE / 2 + 0.5, y - SIDE / 2 + 0.5);
      units.push({ id: `${x},${y}`, x, y, activity: { people: 1 + Math.round(60 / (1 + away * away)), shops: 1 } });
      if (x + 1 < SIDE) edges.push([u, u + 1]);
      if (y + 1 < SIDE) edges.push([u, u + SIDE]);
    }
  }
  return prepareProblem({
    name: 'city and country',
    units,
    edges,
    territories,
    balance: { people: { tolerance: 0.05 }, shops: { tolerance: 0.08 } },
    objective: { distance: 'planar', weight: 'people' },
  });
}

/**
 * People live in the west, shops lie in the east, on land with a bay that no territory may cross: each territory must reach
 * from one end to the other, around the bay.
 */
function eastAndWest(territories: number) {
  const width = 60;
  const height = 30;
  const units = [];
  const edges: [number, number][] = [];
  const at = new Map<string, number>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (y >= 12 && y < 18 && x >= 15 && x < 45) continue;
      const u = units.length;
      at.set(`${x},${y}`, u);
      const spot = (x * 7 + y * 13) % 5;
      units.push({
        id: `${x},${y}`,
        x,
        y,
        activity: { people: 10 + 6 * (width - x) + spot, shops: x > 35 ? 1 + spot : spot === 0 ? 1 : 0 },
      });
      for (const v of [at.get(`${x - 1},${y}`), at.get(`${x},${y - 1}`)]) if (v !== undefined) edges.push([v, u]);
    }
  }
  return prepareProblem({
    name: 'east and west',
    units,
    edges,
    territories,
    balance: { people: { tolerance: 0.02 }, shops: { tolerance: 0.05 } },
    objective: { distance: 'planar', weight: 'people' },
  });
}

describe('two measures that lie in different places', () => {
  it.each([4, 6, 8])('are both held by %s contiguous territories', (territories) => {
    const problem = cityAndCountry(territories);
    const { assignment, kernel } = runKernel(problem, { moveLimit: 150_000 });
    const evaluation = evaluate(problem, createPlan(problem, assignment, 1));
    expect(evaluation.violations).toEqual([]);
    expect(kernel.violation).toBe(0);
  });

  it.each([9, 14])('are both held by %s territories that reach around a bay', (territories) => {
    const problem = eastAndWest(territories);
    const { assignment, kernel } = runKernel(problem, { moveLimit: 600_000 });
    const evaluation = evaluate(problem, createPlan(problem, assignment, 1));
    expect(evaluation.violations).toEqual([]);
    expect(kernel.violation).toBe(0);
  });

  it('are both held from most seeds where straight cuts and single moves do not get there', () => {
    const problem = eastAndWest(16);
    const runs = [1, 2, 3].map((seed) => runKernel(problem, { moveLimit: 3_000_000, seed }));
    const held = runs.filter(({ assignment }) => evaluate(problem, createPlan(problem, assignment, 1)).feasible);
    expect(held.length).toBeGreaterThanOrEqual(2);
  });

  it('come to the same plan whatever the steps, while the division is made even', () => {
    const problem = eastAndWest(18);
    const [large, small] = [100_000, 3_001].map((effort) => runKernel(problem, { moveLimit: 400_000, effort }));
    expect(large!.kernel.violation).toBeGreaterThan(0);
    expect(small!.assignment).toEqual(large!.assignment);
  });

  it('keep the move limit while the division is made even', () => {
    const { kernel } = runKernel(eastAndWest(18), { moveLimit: 250_000 });
    expect(kernel.moves).toBeLessThanOrEqual(250_000);
  });

  it('are divided without a trap by the kernel that checks every index', () => {
    const problem = eastAndWest(18);
    const [release, debug] = (['release', 'debug'] as const).map((target) =>
      runKernel(problem, { moveLimit: 200_000, target }),
    );
    expect(debug!.assignment).toEqual(release!.assignment);
  });
});
