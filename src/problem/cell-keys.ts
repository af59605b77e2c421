/**
 * H3 cells of one resolution as numbers: base cell and digits, three bits a digit, so at most 52 bits. Keys ascend as
 * ids do, a child's key is its parent's × 8 plus its digit, and within a base cell the neighbours are plain sums.
 */
import { gridDisk, gridRingUnsafe } from 'h3-js';

/** Base cells that are pentagons: fixed by the icosahedron. */
const PENTAGON_BASES = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);

/** Digits of the six neighbours in cyclic order, as H3 orders a ring. A digit's bits are its steps along i, j and k. */
const RING_DIGITS = [4, 6, 2, 3, 1, 5] as const;

/** Key of an id in lower case. */
export function keyOf(id: string): number {
  return Math.floor(Number.parseInt(id.slice(2), 16) / 8 ** (15 - resolutionOf(id)));
}

export function resolutionOf(id: string): number {
  return Number.parseInt(id[1]!, 16);
}

/** Index of each key. */
export function indexKeys(keys: Float64Array): Map<number, number> {
  const indexOf = new Map<number, number>();
  for (let u = 0; u < keys.length; u++) indexOf.set(keys[u]!, u);
  return indexOf;
}

/** The id of a key: unused digits are sevens. */
export function idOf(key: number, resolution: number): string {
  const bits = (key + 1) * 8 ** (15 - resolution) - 1;
  const high = Math.floor(bits / 2 ** 28);
  // In two parts, because engines print large numbers slowly; each has a leading 1 to keep its zeros.
  const low = (bits - high * 2 ** 28 + 2 ** 28).toString(16).slice(1);
  return `8${resolution.toString(16)}${(high + 2 ** 24).toString(16).slice(1)}${low}`;
}

export function isPentagonKey(key: number, resolution: number): boolean {
  const base = key / 8 ** resolution;
  return Number.isInteger(base) && PENTAGON_BASES.has(base);
}

/** Calls back with each of the six or seven children of a cell, ascending. */
export function eachChild(key: number, resolution: number, visit: (child: number) => void): void {
  const missing = isPentagonKey(key, resolution) ? 1 : -1;
  for (let digit = 0; digit < 7; digit++) if (digit !== missing) visit(8 * key + digit);
}

/** The neighbours of a cell, to be written over and over. */
export class Around {
  /** The first `count` hold. */
  readonly keys = new Float64Array(6);
  count = 0;
  /** Whether the keys are in cyclic order; H3 knows none beside pentagons. */
  ordered = false;

  look(key: number, resolution: number): this {
    if (!this.lookInside(key, resolution)) this.lookBeyond(idOf(key, resolution));
    return this;
  }

  /** False where the base cell is a pentagon or ends beside the cell. */
  private lookInside(key: number, resolution: number): boolean {
    if (PENTAGON_BASES.has(Math.floor(key / 8 ** resolution))) return false;
    for (let s = 0; s < 6; s++) {
      const neighbor = step(key, resolution, RING_DIGITS[s]!);
      if (neighbor < 0) return false;
      this.keys[s] = neighbor;
    }
    this.count = 6;
    this.ordered = true;
    return true;
  }

  private lookBeyond(id: string): void {
    const ring = ringOf(id);
    const ids = ring ?? neighborsOf(id);
    this.ordered = ring !== null;
    this.count = ids.length;
    for (let s = 0; s < ids.length; s++) this.keys[s] = keyOf(ids[s]!);
  }
}

/** Neighbours of a cell in cyclic order; null beside pentagons. */
function ringOf(cell: string): string[] | null {
  try {
    return gridRingUnsafe(cell, 1);
  } catch {
    return null;
  }
}

function neighborsOf(cell: string): string[] {
  return gridDisk(cell, 1).filter((other) => other !== cell);
}

/** The neighbour one step along `digit`, −1 when it is in another base cell. */
function step(key: number, resolution: number, digit: number): number {
  let moved = key;
  let rest = key;
  let carry = digit;
  for (let r = resolution, scale = 1; carry !== 0; r--, scale *= 8) {
    if (r === 0) return -1;
    const above = Math.floor(rest / 8);
    const own = rest - 8 * above;
    const sum = SUMS[r & 1]![8 * own + carry]!;
    moved += ((sum & 7) - own) * scale;
    carry = sum >> 3;
    rest = above;
  }
  return moved;
}

/** Steps along i and j that one step along i of the parent makes, by the parity of the finer resolution. */
const PARENT_STEPS = [
  [3, 1],
  [2, -1],
] as const;

/** By the parity of the resolution: `SUMS[parity][8 * a + b]` is digit + 8 × carry of a plus b. */
const SUMS = /* @__PURE__ */ PARENT_STEPS.map(sumDigits);

function sumDigits([di, dj]: readonly [number, number]): Uint8Array {
  // On the axes i and j, as i + j + k = 0.
  const i = (digit: number) => (digit >> 2) - (digit & 1);
  const j = (digit: number) => ((digit >> 1) & 1) - (digit & 1);
  const sums = new Uint8Array(64);
  for (let a = 0; a < 7; a++) {
    for (let b = 0; b < 7; b++) {
      for (let carry = 0; carry < 7; carry++) {
        for (let digit = 0; digit < 7; digit++) {
          // A step of the parent along j is that along i turned by 120°: (i, j) becomes (−j, i − j).
          const ii = i(digit) + i(carry) * di - j(carry) * dj;
          const jj = j(digit) + i(carry) * dj + j(carry) * (di - dj);
          if (ii === i(a) + i(b) && jj === j(a) + j(b)) sums[8 * a + b] = digit + 8 * carry;
        }
      }
    }
  }
  return sums;
}
