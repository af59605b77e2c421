/** Cells of several resolutions, none of which lies inside another, as H3 indexes nest: by parents, not by outlines. */
import { idsOf } from './cell-keys.js';

/** The cells of one resolution. */
export interface CellLevel {
  readonly resolution: number;
  /** Ascending. */
  readonly keys: Float64Array;
}

/**
 * Units in ascending order of their ids, so coarse ones come first. A cell that is split is split whole: all that
 * descends from it lies in units.
 */
export interface MixedCells {
  /** Coarsest first, none empty. */
  readonly levels: readonly CellLevel[];
  /** Unit of the first cell of each level, and at the end the number of units. */
  readonly firsts: readonly number[];
}

export function mixCells(levels: readonly CellLevel[]): MixedCells {
  const firsts = [0];
  for (const { keys } of levels) firsts.push(firsts.at(-1)! + keys.length);
  return { levels, firsts };
}

export function mixedIds({ levels }: MixedCells): string[] {
  return levels.flatMap(({ keys, resolution }) => idsOf(keys, resolution));
}

/** Digits below every cell; the key of a cell there has 52 bits. */
const FULL_RESOLUTION = 15;

/**
 * The cells as intervals on one line, that of the keys of resolution 15: a cell spans the keys of all that descends from
 * it, so cells that do not nest are intervals apart.
 */
export class CellLine {
  /** Where each interval begins and ends (exclusive), ascending. */
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  private readonly units: Int32Array;

  /** O(n log n). */
  constructor({ levels, firsts }: MixedCells) {
    const n = firsts.at(-1)!;
    const starts = new Float64Array(n);
    const spans = new Float64Array(n);
    levels.forEach(({ keys, resolution }, l) => {
      const span = 8 ** (FULL_RESOLUTION - resolution);
      for (let i = 0; i < keys.length; i++) starts[firsts[l]! + i] = keys[i]! * span;
      spans.fill(span, firsts[l]!, firsts[l + 1]!);
    });
    this.units = Int32Array.from(starts.keys()).sort((u, v) => starts[u]! - starts[v]! || u - v);
    this.starts = Float64Array.from(this.units, (u) => starts[u]!);
    this.ends = Float64Array.from(this.units, (u) => starts[u]! + spans[u]!);
  }

  /** A cell that lies inside another; null when there is none, which everything else here relies on. O(n). */
  findNested(): { readonly inner: number; readonly outer: number } | null {
    const { starts, ends, units } = this;
    for (let i = 1; i < units.length; i++) {
      if (starts[i]! < ends[i - 1]!) return { inner: units[i]!, outer: units[i - 1]! };
    }
    return null;
  }

  /** The unit that a cell is or lies in; −1 when there is none, −2 when units lie in the cell. O(log n). */
  find(key: number, resolution: number): number {
    const { starts, ends, units } = this;
    const span = 8 ** (FULL_RESOLUTION - resolution);
    const start = key * span;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= start) low = middle + 1;
      else high = middle;
    }
    // A finer unit may begin where the cell does.
    const before = low - 1;
    if (before >= 0 && ends[before]! > start) return ends[before]! >= start + span ? units[before]! : PARTED;
    return low < starts.length && starts[low]! < start + span ? PARTED : -1;
  }
}

/** What `CellLine.find` says of a cell in which units lie. */
export const PARTED = -2;
