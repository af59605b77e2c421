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

export function isPentagonKey(key: number, resolution: number): boolean {
  const base = key / 8 ** resolution;
  return Number.isInteger(base) && PENTAGON_BASES.has(base);
}

/** Calls back with each of the six or seven children of a cell, ascending. */
export function eachChild(key: number, resolution: number, visit: (child: number) => void): void {
  const missing = isPentagonKey(key, resolution) ? 1 : -1;
  for (let digit = 0; digit < 7; digit++) if (digit !== missing) visit(8 * key + digit);
}
