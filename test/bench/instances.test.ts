import { gridDisk } from 'h3-js';
import { expect, it } from 'vitest';
import { measureCells } from '../../bench/instances/cell-geometry.mjs';
import { findNeighbors, readOutlineCells } from '../../bench/instances/outline.mjs';
import { spreadPopulation } from '../../bench/instances/population.mjs';

const ids = readOutlineCells('colorado', 6);
const geometry = measureCells(ids, findNeighbors(ids));
const { population, places } = spreadPopulation({ ids, ...geometry }, { resolution: 6, coast: false });
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

it('builds the same instance from the same data', () => {
  expect(ids).toHaveLength(6840);
  expect(sum(places)).toBe(219);
  // sines may differ in the last bit between engines, and a rounded cell with them
  expect(Math.abs(sum(population) - 4_764_080)).toBeLessThanOrEqual(5);
  expect(sum(geometry.areaKm2)).toBeGreaterThan(0.99 * 269_837);
  expect(sum(geometry.areaKm2)).toBeLessThan(1.01 * 269_837);
});

it('holds no cell beyond the cap and its noise', () => {
  for (let i = 0; i < ids.length; i++) {
    expect(population[i]).toBeGreaterThanOrEqual(1);
    expect(population[i]).toBeLessThanOrEqual(1.25 * 301 * geometry.areaKm2[i]! + 1);
  }
});

it('lists neighbours around each cell in one direction', () => {
  for (let i = 0; i < ids.length; i++) {
    const ring = geometry.ring.subarray(6 * i, 6 * i + 6);
    const near = new Set(gridDisk(ids[i]!, 1));
    for (let slot = 0; slot < 6; slot++) {
      const [a, b] = [ring[slot]!, ring[(slot + 1) % 6]!];
      if (a >= 0) expect(near.has(ids[a]!)).toBe(true);
      // neighbours in slots side by side are neighbours of each other
      if (a >= 0 && b >= 0) expect(gridDisk(ids[a]!, 1)).toContain(ids[b]);
    }
  }
});
