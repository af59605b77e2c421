/** Cells that are split into their children, and those again, where something asks for it. */
import { invalid } from '../errors.js';
import { eachChild } from './cell-keys.js';
import { KeyList } from './key-sets.js';
import type { CellLevel } from './mixed-cells.js';
import { MAX_GROUND_CELLS } from './polygon.js';

export interface SplitRule {
  /** Keys at `finest` of what lies in the cells, ascending; of something coarser, its first descendant there. */
  readonly places: Float64Array;
  /** No cell is split beyond. */
  readonly finest: number;
  /** Whether a cell of `resolution` that holds the places `first` … `last - 1` is split; asked where there are any. */
  mustSplit(resolution: number, first: number, last: number): boolean;
}

/**
 * `ground`: keys of `coarsest`, ascending. A cell that is split is replaced by all its children, so what hung together
 * still does, and the empty ones stay ground. The levels that came about, coarsest first. O(places × levels + cells).
 * @throws {TerritoryError} INVALID_INPUT when there would be more than `MAX_GROUND_CELLS`.
 */
export function splitCells(ground: Float64Array, coarsest: number, rule: SplitRule): CellLevel[] {
  const { places, finest, mustSplit } = rule;
  const lists = Array.from({ length: finest - coarsest + 1 }, () => new KeyList());
  let count = ground.length;
  let next = 0;
  const descend = (key: number, resolution: number): void => {
    const first = next;
    const end = (key + 1) * 8 ** (finest - resolution);
    let last = first;
    while (last < places.length && places[last]! < end) last++;
    if (resolution === finest || first === last || !mustSplit(resolution, first, last)) {
      lists[resolution - coarsest]!.push(key);
      next = last;
      return;
    }
    count += 6;
    if (count > MAX_GROUND_CELLS) {
      throw invalid(
        'ground',
        `more than ${count - 6} cells`,
        `must not be split into more than ${MAX_GROUND_CELLS} cells`,
      );
    }
    eachChild(key, resolution, (child) => descend(child, resolution + 1));
  };
  for (const key of ground) descend(key, coarsest);
  return lists.flatMap((list, l) => (list.size === 0 ? [] : [{ resolution: coarsest + l, keys: list.keys.slice() }]));
}

/** Keys, ascending, of the cells of `resolution` that hold cells of `finest`, each once. */
export function coarsen(places: Float64Array, finest: number, resolution: number): Float64Array {
  const scale = 8 ** (finest - resolution);
  const keys = new KeyList();
  let last = -1;
  for (const place of places) {
    const key = Math.floor(place / scale);
    if (key !== last) keys.push(key);
    last = key;
  }
  return keys.keys.slice();
}
