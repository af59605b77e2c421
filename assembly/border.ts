// The list of border units: those with a neighbour in another territory, both thawed. Moves are drawn from it; it is kept
// by every move in O(degree).
//
// Where borders are long, moves all over the map would wait for memory most of the time. Draws then come from a window
// that slides along the list, which is put back into the order of the units now and then: units that follow each other
// there are mostly near each other on the map, and so what one draw brings into the cache serves the next.

import { freshArray } from './fresh-array';
import { neighbors, offsets, unitCount } from './problem';
import { assignment } from './tally';
import { below } from './rng';
import { isThawed } from './thaw';

/** Border units in no particular order; the first `borderCount` are valid. */
export let border: StaticArray<i32> = new StaticArray<i32>(0);
export let borderCount: i32 = 0;
/** Where a unit stands in `border`, −1 when it is not on it. */
let slot: StaticArray<i32> = new StaticArray<i32>(0);
/** Where the window begins, and the draws until it slides on. */
let windowAt: i32 = 0;
let windowDraws: i32 = 0;

/** Border units of a window, drawn from as often as it has any; and the border from which on there are windows. */
const WINDOW: i32 = 2048;
const LONG: i32 = 32_768;

export function allocateBorder(): void {
  border = freshArray<i32>(unitCount);
  slot = freshArray<i32>(unitCount);
}

function refresh(u: i32): void {
  const t = assignment[u];
  let onBorder = false;
  if (t < 0 || isThawed(t)) {
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const s = assignment[neighbors[e]];
      if (s != t && (s < 0 || isThawed(s))) {
        onBorder = true;
        break;
      }
    }
  }
  const at = slot[u];
  if (onBorder) {
    if (at >= 0) return;
    slot[u] = borderCount;
    border[borderCount++] = u;
  } else if (at >= 0) {
    const last = border[--borderCount];
    border[at] = last;
    slot[last] = at;
    slot[u] = -1;
  }
}

/** Builds the list from the assignment. O(n + E). */
export function collectBorder(): void {
  borderCount = 0;
  slot.fill(-1);
  for (let u = 0; u < unitCount; u++) refresh(u);
  windowAt = 0;
  windowDraws = WINDOW;
}

/** Puts a long list back into the order of the units. O(n), but no more than one look at each. */
export function orderBorder(): void {
  if (borderCount < LONG) return;
  let at = 0;
  for (let u = 0; u < unitCount; u++) {
    if (slot[u] < 0) continue;
    slot[u] = at;
    border[at++] = u;
  }
}

/** A border unit at random; of the window where the border is long. There must be one. */
// @ts-ignore: decorator
@inline
export function drawBorderUnit(): i32 {
  if (borderCount < LONG) return border[below(borderCount)];
  if (windowDraws == 0) {
    windowDraws = WINDOW;
    windowAt += WINDOW;
    if (windowAt >= borderCount) windowAt = 0;
  }
  windowDraws--;
  const at = windowAt + below(WINDOW);
  return border[at < borderCount ? at : at - borderCount];
}

/** Brings the list up to date after unit `u` changed its territory. */
export function updateBorder(u: i32): void {
  refresh(u);
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) refresh(neighbors[e]);
}
