import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { runKernel } from './kernel-fixture.js';

const WIDTH = 20;
const HEIGHT = 12;
/** Columns of the towns, and rows of the lake between them. */
const TOWN = 4;
const LAKE = 8;

/**
 * Two dense towns on the left shore, one on either side of a lake, hold half of all hours; light country is to the
 * right. Without contiguity the best plan is towns against country, and the towns do not touch: a good plan joins them
 * along the shore, at the price of a few country units. Giving the lesser town to the country ends in a worse valley.
 */
function lakeside(): Problem {
  const units = [];
  const index = new Map<string, number>();
  const edges: [number, number][] = [];
  const townHours = ((WIDTH - TOWN) * HEIGHT) / (TOWN * (HEIGHT - LAKE));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const inTown = x < TOWN;
      if (inTown && y >= (HEIGHT - LAKE) / 2 && y < (HEIGHT + LAKE) / 2) continue;
      const u = units.length;
      index.set(`${x},${y}`, u);
      units.push({ id: `${x},${y}`, x, y, activity: { hours: inTown ? townHours : 1 } });
      for (const at of [`${x - 1},${y}`, `${x},${y - 1}`]) {
        const v = index.get(at);
        if (v !== undefined) edges.push([v, u]);
      }
    }
  }
  return prepareProblem({
    name: 'lakeside',
    units,
    edges,
    territories: 2,
    balance: { hours: { tolerance: 0.02 } },
    objective: { distance: 'planar' },
  });
}

describe('a territory that the power diagram leaves in two pieces', () => {
  const problem = lakeside();

  it.each([1, 2, 3, 4, 5])('is joined by a corridor where that is cheaper, seed %s', (seed) => {
    const { assignment } = runKernel(problem, { seed, moveLimit: 30_000 });
    const { feasible, cost } = evaluate(problem, createPlan(problem, assignment, seed));
    expect(feasible).toBe(true);
    const corner = (id: string) => assignment[problem.ids.indexOf(id)];
    expect(corner('0,0')).toBe(corner(`0,${HEIGHT - 1}`));
    // the best known plan costs 11,543; the valley without a corridor 14,912
    expect(cost.total).toBeLessThan(11_700);
  });
});
