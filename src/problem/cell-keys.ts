/**
 * H3 cells of one resolution as numbers: base cell and digits, three bits a digit, so at most 52 bits. Keys ascend as
 * ids do, and a child's key is its parent's × 8 plus its digit. Neighbours and places of keys: `cell-module.ts`.
 */

/** Base cells that are pentagons: fixed by the icosahedron. */
const PENTAGON_BASES = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);

/** Key of an id in lower case. */
export function keyOf(id: string): number {
  return Math.floor(Number.parseInt(id.slice(2), 16) / 8 ** (15 - resolutionOf(id)));
}

export function resolutionOf(id: string): number {
  return Number.parseInt(id[1]!, 16);
}

/** The id of a key: unused digits are sevens. */
export function idOf(key: number, resolution: number): string {
  const bits = (key + 1) * 8 ** (15 - resolution) - 1;
  const high = Math.floor(bits / 2 ** 28);
  // In two parts, because engines print large numbers slowly; each has a leading 1 to keep its zeros.
  const low = (bits - high * 2 ** 28 + 2 ** 28).toString(16).slice(1);
  return `8${resolution.toString(16)}${(high + 2 ** 24).toString(16).slice(1)}${low}`;
}

/** Length of an id. */
const ID_LENGTH = 15;
/** Ids that are written as one text: enough that decoding costs nothing, and few enough to stay in the cache. */
const BATCH = 4096;

/** The ids of keys: several times as fast as one by one. */
export function idsOf(keys: Float64Array, resolution: number): string[] {
  const ids: string[] = new Array(keys.length);
  const bytes = new Uint8Array(ID_LENGTH * Math.min(BATCH, keys.length));
  const digits = new TextEncoder().encode('0123456789abcdef');
  const decoder = new TextDecoder();
  const scale = 8 ** (15 - resolution);
  for (let first = 0; first < keys.length; first += BATCH) {
    const size = Math.min(BATCH, keys.length - first);
    for (let i = 0, at = 0; i < size; i++, at += ID_LENGTH) {
      const bits = (keys[first + i]! + 1) * scale - 1;
      const high = Math.floor(bits / 2 ** 32);
      const low = bits - high * 2 ** 32;
      bytes[at] = digits[8]!;
      bytes[at + 1] = digits[resolution]!;
      for (let d = 0; d < 5; d++) bytes[at + 2 + d] = digits[(high >>> (16 - 4 * d)) & 15]!;
      for (let d = 0; d < 8; d++) bytes[at + 7 + d] = digits[(low >>> (28 - 4 * d)) & 15]!;
    }
    const text = decoder.decode(bytes.subarray(0, ID_LENGTH * size));
    for (let i = 0; i < size; i++) ids[first + i] = text.slice(ID_LENGTH * i, ID_LENGTH * (i + 1));
  }
  return ids;
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
