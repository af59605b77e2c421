import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { countParts } from '../../bench/check/parts.mjs';
import { createPlainAnneal } from '../../bench/plain/anneal.mjs';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';

/** A disc of cells with a hole, so that ring tests also have to search. */
const center = latLngToCell(47, 11, 5);
const hole = new Set(gridDisk(latLngToCell(47.3, 11.2, 5), 1));
const cells = gridDisk(center, 6).filter((cell) => !hole.has(cell));
const problem = prepareProblem({
  cells: cells.map((cell, i) => ({ cell, activity: { people: 1 + ((i * 7) % 5), places: i % 2 } })),
  territories: 3,
  balance: { people: { tolerance: 0.05 } },
});
const edges = problem.ids.flatMap((_, u) =>
  Array.from(problem.neighbors.subarray(problem.offsets[u]!, problem.offsets[u + 1]!), (v): [number, number] => [u, v]),
);

/** By longitude: bands are contiguous in a disc, bar what the hole tears, which the test of parts starts from. */
function bands(): Int32Array {
  const order = problem.ids.map((_, u) => u).sort((a, b) => problem.lngLat![2 * a]! - problem.lngLat![2 * b]!);
  const assignment = new Int32Array(order.length);
  for (const [rank, u] of order.entries()) assignment[u] = Math.floor((3 * rank) / order.length);
  return assignment;
}

describe('the plain annealing', () => {
  const price = 1e7;

  it('keeps every territory in as many parts as it had, and its cost equal to the metrics', () => {
    const first = bands();
    const parts = countParts(problem.ids.length, edges, first);
    const anneal = createPlainAnneal(problem, first, { seed: 1, price });
    const scale = anneal.scale(200)!;
    let accepted = 0;
    for (let round = 0; round < 60; round++) {
      accepted += anneal.step(50, scale * 0.3 ** (round / 10));
      expect(countParts(problem.ids.length, edges, anneal.assignment)).toBeLessThanOrEqual(parts);
      const { cost, territories } = evaluate(problem, createPlan(problem, anneal.assignment));
      const beyond = territories.map(({ deviation }) => Math.max(0, Math.abs(deviation.people!) - 0.05));
      const expected = cost.inertia + price * beyond.reduce((sum, amount) => sum + amount * amount, 0);
      expect(Math.abs(anneal.cost - expected)).toBeLessThan(1e-6 * expected);
    }
    expect(accepted).toBeGreaterThan(100);
  });

  it('makes cold plans cheaper', () => {
    const anneal = createPlainAnneal(problem, bands(), { seed: 2, price });
    const before = anneal.cost;
    anneal.step(5000, 1e-9);
    expect(anneal.cost).toBeLessThan(before);
  });
});
