/**
 * The host's side of `assembly/h3/index.ts`: H3 index arithmetic and geometry in WebAssembly. Compiled at the first use
 * and without a promise, because workers may do so at any size and this module is small.
 */
import base64 from 'virtual:h3';

/** Cells per chunk: the length of the chunk arrays, times what each holds per cell. */
export const CHUNK = 4096;

/** Numbers of the module's arrays, in the order of its `address`. */
const ARRAY = {
  listKeys: 0,
  listRows: 1,
  groundKeys: 2,
  keys: 3,
  around: 4,
  units: 5,
  ordered: 6,
  lngLat: 7,
  areaKm2: 8,
  perimeterKm: 9,
  sidesKm: 10,
} as const;

interface CellExports {
  readonly memory: WebAssembly.Memory;
  address(array: number): number;
  allocateList(n: number): void;
  checkList(count: number): number;
  sortList(count: number): number;
  getFault(): number;
  getResolution(): number;
  allocateGround(n: number, resolution: number): void;
  indexGround(): void;
  bridgeGround(reachKm: number, mostCells: number, radiusKm: number): number;
  lookAroundKeys(count: number, resolution: number): void;
  placeKeys(count: number, resolution: number): void;
  measureKeys(count: number, resolution: number, radiusKm: number): void;
  lookAroundUnits(first: number, count: number): void;
  measureUnits(first: number, count: number, radiusKm: number): void;
}

/** What is wrong with a list of indexes, by the module's number. */
export const LIST_FAULTS = ['none', 'invalid', 'resolution', 'repeated'] as const;

/** Views of the chunk's arrays. They die when the module's memory grows. */
export interface ChunkViews {
  /** Keys asked about. */
  readonly keys: Float64Array;
  /** Keys of six neighbours per cell in ring order, −1 where a pentagon has none. */
  readonly around: Float64Array;
  /** The same as units of the ground, −1 for none. */
  readonly units: Int32Array;
  /** 1 where the order is a ring: H3 knows none on pentagons and beside them. */
  readonly ordered: Uint8Array;
  /** `[lng, lat]` per cell. */
  readonly lngLat: Float64Array;
  readonly areaKm2: Float64Array;
  readonly perimeterKm: Float64Array;
  /** Length of the side towards each of the six neighbours. */
  readonly sidesKm: Float64Array;
}

let compiled: WebAssembly.Module | null = null;

function releaseModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  return compiled;
}

/** One instance. Its memory only grows, so a new one serves each list and each ground. */
export class CellModule {
  readonly exports: CellExports;
  private views: ChunkViews | null = null;

  constructor(module = releaseModule(), env: WebAssembly.ModuleImports = {}) {
    this.exports = new WebAssembly.Instance(module, { env }).exports as unknown as CellExports;
  }

  /** For the list of n indexes to be written to, as pairs of 32-bit halves, the lower first. */
  listHalves(n: number): Uint32Array {
    this.exports.allocateList(n);
    return new Uint32Array(this.exports.memory.buffer, this.at(ARRAY.listKeys), 2 * n);
  }

  /** After `sortList` or `bridgeGround`. */
  listKeys(n: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, this.at(ARRAY.listKeys), n);
  }

  /** After `sortList`: the row of each key. */
  listRows(n: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, this.at(ARRAY.listRows), n);
  }

  /** For the keys of the ground to be written to, before `indexGround`. */
  groundKeys(n: number, resolution: number): Float64Array {
    this.exports.allocateGround(n, resolution);
    return new Float64Array(this.exports.memory.buffer, this.at(ARRAY.groundKeys), n);
  }

  get chunk(): ChunkViews {
    const { buffer } = this.exports.memory;
    if (this.views?.keys.buffer === buffer) return this.views;
    const floats = (array: number, perCell: number) => new Float64Array(buffer, this.at(array), perCell * CHUNK);
    this.views = {
      keys: floats(ARRAY.keys, 1),
      around: floats(ARRAY.around, 6),
      units: new Int32Array(buffer, this.at(ARRAY.units), 6 * CHUNK),
      ordered: new Uint8Array(buffer, this.at(ARRAY.ordered), CHUNK),
      lngLat: floats(ARRAY.lngLat, 2),
      areaKm2: floats(ARRAY.areaKm2, 1),
      perimeterKm: floats(ARRAY.perimeterKm, 1),
      sidesKm: floats(ARRAY.sidesKm, 6),
    };
    return this.views;
  }

  private at(array: number): number {
    return this.exports.address(array) >>> 0;
  }
}

/** Calls back with the first of each chunk of `count` things and how many are in it. */
export function eachChunk(count: number, visit: (first: number, size: number) => void): void {
  for (let first = 0; first < count; first += CHUNK) visit(first, Math.min(CHUNK, count - first));
}

/** Neighbours of any cells of one resolution: six keys each in ring order, −1 where a pentagon has none. */
export function lookAround(module: CellModule, cells: Float64Array, resolution: number): Float64Array {
  const around = new Float64Array(6 * cells.length);
  eachChunk(cells.length, (first, size) => {
    module.chunk.keys.set(cells.subarray(first, first + size));
    module.exports.lookAroundKeys(size, resolution);
    around.set(module.chunk.around.subarray(0, 6 * size), 6 * first);
  });
  return around;
}

/** Centres of any cells of one resolution, `[lng, lat]` in degrees, unrounded. */
export function placeCells(module: CellModule, cells: Float64Array, resolution: number): Float64Array {
  const lngLat = new Float64Array(2 * cells.length);
  eachChunk(cells.length, (first, size) => {
    module.chunk.keys.set(cells.subarray(first, first + size));
    module.exports.placeKeys(size, resolution);
    lngLat.set(module.chunk.lngLat.subarray(0, 2 * size), 2 * first);
  });
  return lngLat;
}
