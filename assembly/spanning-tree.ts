// Random spanning trees over the units of a few neighbouring territories (for districting: DeFord, Duchin, Solomon,
// Recombination, 2021). A tree grows from a random unit by edges drawn at random from those that lead out of it; how
// readily it crosses the present borders sets how far its cuts lie from them.

import { neighbors, offsets } from './problem';
import { below, nextU32 } from './rng';
import { assignment } from './tally';

/** Units of the tree, each after its parent. */
export let treeUnit: StaticArray<i32> = new StaticArray<i32>(0);
/** Place of each unit's parent in that order, −1 for the root. */
export let treeParent: StaticArray<i32> = new StaticArray<i32>(0);
export let treeSize: i32 = 0;
/** Units under each place of the tree, itself included, and its number in depth-first order. */
export let treeUnder: StaticArray<i32> = new StaticArray<i32>(0);
export let treeFirst: StaticArray<i32> = new StaticArray<i32>(0);
/** Place of each unit in the tree; valid for units of the last tree only. */
export let treePlace: StaticArray<i32> = new StaticArray<i32>(0);

/** Edges that lead out of the tree, as (place of the near end, far unit): within a territory, and across a border. */
let innerFrom: StaticArray<i32> = new StaticArray<i32>(0);
let innerTo: StaticArray<i32> = new StaticArray<i32>(0);
let crossFrom: StaticArray<i32> = new StaticArray<i32>(0);
let crossTo: StaticArray<i32> = new StaticArray<i32>(0);
let stamp: StaticArray<i32> = new StaticArray<i32>(0);
/** The next depth-first number that each place hands to a child. */
let nextNumber: StaticArray<i32> = new StaticArray<i32>(0);
let now: i32 = 0;

export function allocateSpanningTree(units: i32, slots: i32): void {
  treeUnit = new StaticArray<i32>(units);
  treeParent = new StaticArray<i32>(units);
  treeUnder = new StaticArray<i32>(units);
  treeFirst = new StaticArray<i32>(units);
  treePlace = new StaticArray<i32>(units);
  stamp = new StaticArray<i32>(units);
  nextNumber = new StaticArray<i32>(units);
  innerFrom = new StaticArray<i32>(slots);
  innerTo = new StaticArray<i32>(slots);
  crossFrom = new StaticArray<i32>(slots);
  crossTo = new StaticArray<i32>(slots);
  now = 0;
}

/**
 * Grows a tree from `root` over the connected union of the territories `t` with `role[t] >= 0`. `crossing` is the share
 * of 2³² with which the next edge is one across a border while there are others. O(units + edges of the union).
 */
export function growTree(root: i32, role: StaticArray<i32>, crossing: u32): void {
  now++;
  treeSize = 0;
  let inner = 0;
  let cross = 0;
  let unit = root;
  let parent = -1;
  while (true) {
    const at = treeSize++;
    treeUnit[at] = unit;
    treeParent[at] = parent;
    treePlace[unit] = at;
    stamp[unit] = now;
    const t = assignment[unit];
    for (let e = offsets[unit], end = offsets[unit + 1]; e < end; e++) {
      const v = neighbors[e];
      const s = assignment[v];
      if (stamp[v] == now || role[s] < 0) continue;
      if (s == t) {
        innerFrom[inner] = at;
        innerTo[inner++] = v;
      } else {
        crossFrom[cross] = at;
        crossTo[cross++] = v;
      }
    }
    unit = -1;
    while (inner + cross > 0 && unit < 0) {
      if (inner == 0 || (cross > 0 && nextU32() < crossing)) {
        const i = below(cross);
        parent = crossFrom[i];
        unit = crossTo[i];
        crossFrom[i] = crossFrom[--cross];
        crossTo[i] = crossTo[cross];
      } else {
        const i = below(inner);
        parent = innerFrom[i];
        unit = innerTo[i];
        innerFrom[i] = innerFrom[--inner];
        innerTo[i] = innerTo[inner];
      }
      if (stamp[unit] == now) unit = -1;
    }
    if (unit < 0) break;
  }
  numberTree();
}

/** Counts what lies under each place and numbers the places in depth-first order, so that descent is one comparison. */
function numberTree(): void {
  for (let i = 0; i < treeSize; i++) treeUnder[i] = 1;
  for (let i = treeSize - 1; i > 0; i--) treeUnder[treeParent[i]] += treeUnder[i];
  for (let i = 0; i < treeSize; i++) {
    const p = treeParent[i];
    treeFirst[i] = p < 0 ? 0 : nextNumber[p];
    nextNumber[i] = treeFirst[i] + 1;
    if (p >= 0) nextNumber[p] += treeUnder[i];
  }
}

/** Whether place `lower` lies under place `upper`, or is it. */
// @ts-ignore: decorator
@inline
export function liesUnder(lower: i32, upper: i32): bool {
  return <u32>(treeFirst[lower] - treeFirst[upper]) < <u32>treeUnder[upper];
}
