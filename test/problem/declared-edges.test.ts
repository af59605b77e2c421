import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';

const row = (ids: string) => [...ids].map((id, u) => ({ id, x: u, y: 0, activity: { load: 1 } }));

const path: ProblemInput = {
  units: row('abcd'),
  edges: [
    [1, 0, 2.00000049],
    [1, 2, 0.5],
    [2, 1, 0.5],
    [3, 2, 0],
  ],
  territories: 2,
};

describe('lengths of declared edges', () => {
  it('stand in both directions, rounded, and may be repeated', () => {
    const { neighbors, edgeKm, outerKm } = prepareProblem(path);
    expect([...neighbors]).toEqual([1, 0, 2, 1, 3, 2]);
    expect([...edgeKm!]).toEqual([2, 2, 0.5, 0.5, 0, 0]);
    expect(outerKm).toBeNull();
  });

  it('go with an edge that a barrier takes; links, declared or automatic, have none', () => {
    const barred = prepareProblem({ ...path, barriers: [['b', 'c']], links: [['a', 'd']] });
    expect([...barred.neighbors]).toEqual([1, 3, 0, 3, 0, 2]);
    expect([...barred.edgeKm!]).toEqual([2, 0, 2, 0, 0, 0]);
    const apart = prepareProblem({ ...path, edges: [[0, 1, 2]] });
    expect(apart.links).toEqual([
      ['b', 'c'],
      ['c', 'd'],
    ]);
    expect([...apart.edgeKm!]).toEqual([2, 2, 0, 0, 0, 0]);
  });

  it('are absent where no edge has one', () => {
    expect(prepareProblem({ ...path, edges: [[0, 1]] }).edgeKm).toBeNull();
    const lone = prepareProblem({ units: row('a'), edges: [], territories: 1, objective: { borderKm: 1 } });
    expect(evaluate(lone, createPlan(lone, [0])).cost.total).toBe(0);
  });
});

describe('the cost of a plan', () => {
  it('counts each kilometre of border between territories, and none of a link', () => {
    const objective = { inertia: 0, cutEdges: 10, borderKm: 4 };
    const problem = prepareProblem({ ...path, edges: path.edges!.slice(0, 3), objective });
    const judge = (assignment: number[]) => evaluate(problem, createPlan(problem, assignment));
    expect(judge([0, 1, 1, 1]).cost).toEqual({
      inertia: expect.any(Number),
      cutEdges: 1,
      borderKm: 2,
      disruption: 0,
      mix: 0,
      total: 18,
    });
    expect(judge([0, 1, 0, 0]).borderKm).toBe(2.5);
    // c and d are joined by an automatic link
    expect(judge([0, 0, 0, 1]).cost.total).toBe(0);
  });
});
