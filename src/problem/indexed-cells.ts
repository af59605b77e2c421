/** Cells that know their neighbours among each other. */
import { CellModule, eachChunk } from './cell-module.js';

export interface IndexedCells {
  /** Ascending. */
  readonly keys: Float64Array;
  readonly resolution: number;
  /** Holds the cells as its ground. */
  readonly module: CellModule;
  /** Six neighbours per cell as indices into `keys`, in ring order, −1 where there is none. */
  readonly around: Int32Array;
  /** 1 where that order is a ring, 0 on pentagons and beside them. */
  readonly ordered: Uint8Array;
  /** Whether all cells hang together. */
  readonly joined: boolean;
}

/** `keys`: ascending, none twice. `module`: unused so far. O(n): about 0.1 µs per cell. */
export function indexCells(keys: Float64Array, resolution: number, module = new CellModule()): IndexedCells {
  const n = keys.length;
  module.groundKeys(n, resolution).set(keys);
  module.exports.indexGround();
  const around = new Int32Array(6 * n);
  const ordered = new Uint8Array(n);
  eachChunk(n, (first, size) => {
    module.exports.lookAroundUnits(first, size);
    around.set(module.chunk.units.subarray(0, 6 * size), 6 * first);
    ordered.set(module.chunk.ordered.subarray(0, size), first);
  });
  return { keys, resolution, module, around, ordered, joined: areJoined(n, around) };
}

/** Floods the cells from the first. */
function areJoined(n: number, around: Int32Array): boolean {
  const seen = new Uint8Array(n);
  const stack = new Int32Array(n);
  let depth = n > 0 ? 1 : 0;
  let left = n;
  seen[0] = 1;
  while (depth > 0) {
    const u = stack[--depth]!;
    left--;
    for (let i = 6 * u; i < 6 * u + 6; i++) {
      const v = around[i]!;
      if (v < 0 || seen[v]) continue;
      seen[v] = 1;
      stack[depth++] = v;
    }
  }
  return left === 0;
}
