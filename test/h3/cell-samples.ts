/** Cells of all kinds, and the module of both targets. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cellToChildren, cellToLatLng, getPentagons, getRes0Cells, gridDisk, latLngToCell } from 'h3-js';
import { CellModule } from '../../src/problem/cell-module.js';

const FILES = { release: 'h3.wasm', debug: 'h3.debug.wasm' } as const;

/** An instance of a target. The debug module checks every index and assertion. */
export function cellModule(target: keyof typeof FILES): CellModule {
  const file = fileURLToPath(new URL(`../../build/${FILES[target]}`, import.meta.url));
  return new CellModule(new WebAssembly.Module(readFileSync(file)), {
    abort: (_message: number, _file: number, line: number) => {
      throw new Error(`assertion at line ${line}`);
    },
  });
}

type Vector = readonly [number, number, number];

export function vectorOf(lat: number, lng: number): Vector {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lng * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function cellAt([x, y, z]: Vector, resolution: number): string {
  const degrees = 180 / Math.PI;
  return latLngToCell(Math.atan2(z, Math.hypot(x, y)) * degrees, Math.atan2(y, x) * degrees, resolution);
}

/** Numbers in [−0.5, 0.5) that are the same in every run. */
function chance(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

/**
 * Every cell of the coarse resolutions; of the fine ones the neighbourhood of every pentagon, cells along all edges of
 * the icosahedron, near and far from its corners, and places at random.
 */
export function sampleCells(resolution: number): string[] {
  if (resolution <= 3) return getRes0Cells().flatMap((cell) => cellToChildren(cell, resolution));
  const next = chance();
  const cells = new Set(getPentagons(resolution).flatMap((cell) => gridDisk(cell, 5)));
  const corners = getPentagons(0).map((cell) => vectorOf(...cellToLatLng(cell)));
  const width = 3 / 7 ** (resolution / 2);
  for (const a of corners) {
    for (const b of corners) {
      const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
      if (cosine < 0.1 || cosine > 0.9) continue;
      for (let i = 0; i < 40; i++) {
        const share = i % 3 ? next() + 0.5 : 10 ** (-i / 8);
        const mix = (axis: 0 | 1 | 2) => a[axis] * (1 - share) + b[axis] * share + (i % 2 ? 0 : width * next());
        cells.add(cellAt([mix(0), mix(1), mix(2)], resolution));
      }
    }
  }
  for (let i = 0; i < 1000; i++) cells.add(cellAt([next(), next(), next()], resolution));
  return [...cells];
}
