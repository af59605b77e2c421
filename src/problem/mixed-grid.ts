/**
 * Neighbours, borders and places of cells of several resolutions.
 *
 * Two cells are neighbours when descendants of theirs are, at the finer of their two resolutions. The parents of two
 * neighbouring cells are neighbours or the same, so what borders on a cell is found from the six cells around it. The
 * side between two neighbours is measured as fine as the finer of the two: a side of a cell is a chain of three sides
 * of its children with the same ends, so the cells lie without gap or overlap when each side towards finer cells is
 * drawn along those. A cell's borders and what of it faces nothing add up to that outline. The chain swings to both
 * sides by the same area, so the cell keeps its own area.
 */
import type { CellGrid } from './adjacency.js';
import { BorderList, buildBorderGraph } from './border-graph.js';
import { CellModule, eachChunk } from './cell-module.js';
import { joinGraph, labelComponents } from './components.js';
import { CellLine, type MixedCells, PARTED } from './mixed-cells.js';
import { EARTH_RADIUS_KM } from './sphere.js';

/** O(n log n): about 3 µs per cell. `onStage` gets the fraction done. */
export function buildMixedGrid(cells: MixedCells, onStage: (fraction: number) => void): CellGrid {
  const { levels, firsts } = cells;
  const n = firsts.at(-1)!;
  const module = new CellModule();
  const line = new CellLine(cells);
  const lngLat = new Float64Array(2 * n);
  const areaKm2 = new Float64Array(n);
  const perimeterKm = new Float64Array(n);
  const ring = new Int32Array(6 * n).fill(-1);
  const broken = new Uint8Array(n);
  const borders = new BorderList();
  onStage(0);
  levels.forEach(({ keys, resolution }, l) => {
    eachChunk(keys.length, (at, size) => {
      const { chunk } = module;
      const first = firsts[l]! + at;
      chunk.keys.set(keys.subarray(at, at + size));
      module.exports.lookAroundKeys(size, resolution);
      module.exports.measureKeys(size, resolution, EARTH_RADIUS_KM);
      lngLat.set(chunk.lngLat.subarray(0, 2 * size), 2 * first);
      areaKm2.set(chunk.areaKm2.subarray(0, size), first);
      for (let c = 0; c < size; c++) {
        const u = first + c;
        if (!chunk.ordered[c]) broken[u] = 1;
        for (let s = 0; s < 6; s++) {
          const beyond = chunk.around[6 * c + s]!;
          if (beyond < 0) continue;
          const v = line.find(beyond, resolution);
          const km = chunk.sidesKm[6 * c + s]!;
          if (v === PARTED) {
            // All of the cell beyond is units, so all of this side is borders, which the finer ones measure.
            broken[u] = 1;
          } else if (v < 0) {
            perimeterKm[u]! += km;
          } else if (v >= firsts[l]!) {
            ring[6 * u + s] = v;
            // Each border is measured once, on the outline of its lower cell.
            if (u < v) borders.add(u, v, km);
          } else {
            broken[u] = 1;
            borders.add(v, u, km);
          }
        }
      }
      onStage((first + size) / n);
    });
  });
  for (let u = 0; u < n; u++) if (broken[u]) ring.fill(-1, 6 * u, 6 * u + 6).fill(-2, 6 * u, 6 * u + 1);
  const graph = buildBorderGraph(n, borders);
  for (let u = 0; u < n; u++) {
    for (let i = graph.offsets[u]!; i < graph.offsets[u + 1]!; i++) perimeterKm[u]! += graph.edgeKm[i]!;
  }
  const joined = labelComponents(joinGraph(graph)).count === 1;
  return { ...graph, joined, lngLat, areaKm2, perimeterKm, ring };
}
