import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridEdges, territories, tinyProblem } from './tiny-problem.js';
import { countComponents, countCutEdges, extraComponents } from './whole-map.js';

const W = 5;
const H = 4;
const plans = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: W * H, maxLength: W * H });
const grid = tinyProblem({
  activity: [new Array(W * H).fill(1)],
  edges: gridEdges(W, H),
  xy: new Array(2 * W * H).fill(0),
  territories: territories(3),
});

/** Labels spread along equal neighbours until nothing changes; then each label is a component. */
function naiveComponents(plan: readonly number[]): number[] {
  const label = plan.map((_, u) => u);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [u, v] of gridEdges(W, H)) {
      if (plan[u] !== plan[v] || label[u] === label[v]) continue;
      label[u] = label[v] = Math.min(label[u]!, label[v]!);
      changed = true;
    }
  }
  return [0, 1, 2].map((t) => new Set(label.filter((_, u) => plan[u] === t)).size);
}

describe('contiguity', () => {
  it('counts the components that a naive flood fill counts', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const counted = countComponents(grid, Int32Array.from(plan));
        expect([...counted]).toEqual(naiveComponents(plan));
        const extra = naiveComponents(plan).reduce((sum, c) => sum + Math.max(0, c - 1), 0);
        expect(extraComponents(counted)).toBe(extra);
      }),
    );
  });

  it('keeps the counts with their territories when these are permuted', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const before = countComponents(grid, Int32Array.from(plan));
        const after = countComponents(
          grid,
          Int32Array.from(plan, (t) => (t < 0 ? t : (t + 1) % 3)),
        );
        expect([after[1], after[2], after[0]]).toEqual([...before]);
      }),
    );
  });
});

describe('cut edges', () => {
  it('counts each pair of different territories once', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const naive = gridEdges(W, H).filter(([u, v]) => plan[u] !== plan[v]).length;
        expect(countCutEdges(grid, Int32Array.from(plan))).toBe(naive);
      }),
    );
  });

  it('counts declared edges but not automatic links', () => {
    const problem = tinyProblem({
      activity: [[1, 1, 1, 1]],
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      territories: territories(2),
      links: [['u1', 'u2']],
    });
    expect(countCutEdges(problem, Int32Array.of(0, 0, 1, 1))).toBe(0);
    expect(countCutEdges(problem, Int32Array.of(0, 1, 1, 1))).toBe(1);
    expect(countCutEdges(problem, Int32Array.of(0, 1, 0, 1))).toBe(2);
  });
});
