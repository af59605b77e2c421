import { cellToChildren, getPentagons, getRes0Cells, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { eachChild, idOf, idsOf, isPentagonKey, keyOf } from '../../src/problem/cell-keys.js';

/** Cells of all kinds: every one of the coarse resolutions, and around places and pentagons of the fine ones. */
const samples: [resolution: number, cells: string[]][] = Array.from({ length: 16 }, (_, resolution) => {
  if (resolution < 3) return [resolution, getRes0Cells().flatMap((cell) => cellToChildren(cell, resolution))];
  const places = [latLngToCell(39.7, -105, resolution), latLngToCell(-16.8, 179.99, resolution)];
  const disks = [...places, ...getPentagons(resolution)].flatMap((cell) => gridDisk(cell, 5));
  // Along a parallel, so that borders of base cells are crossed.
  const line = Array.from({ length: 360 }, (_, lng) => latLngToCell(20, lng - 180, resolution));
  return [resolution, [...new Set([...disks, ...line])]];
});

describe('keys of cells', () => {
  it.each(samples)('go from ids and back, and ascend like them, at resolution %i', (resolution, cells) => {
    for (const cell of cells) expect(idOf(keyOf(cell), resolution)).toBe(cell);
    expect(idsOf(Float64Array.from(cells, keyOf), resolution)).toEqual(cells);
    const byKey = cells.map(keyOf).sort((a, b) => a - b);
    expect(byKey.map((key) => idOf(key, resolution))).toEqual(cells.slice().sort());
  });

  it.each(samples.slice(0, 15))('know the children that H3 knows, at resolution %i', (resolution, cells) => {
    for (const cell of cells.slice(-400)) {
      const children: string[] = [];
      eachChild(keyOf(cell), resolution, (child) => children.push(idOf(child, resolution + 1)));
      expect(children).toEqual(cellToChildren(cell, resolution + 1).sort());
    }
    const pentagons = cells.filter((cell) => isPentagonKey(keyOf(cell), resolution));
    expect(pentagons.sort()).toEqual(getPentagons(resolution).sort());
  });
});
