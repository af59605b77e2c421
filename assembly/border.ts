// The list of border units: those with a neighbour in another territory, both thawed. Moves are drawn from it; it is kept
// by every move in O(degree).

import { neighbors, offsets, unitCount } from './problem';
import { assignment } from './tally';
import { isThawed } from './thaw';

/** Border units in no particular order; the first `borderCount` are valid. */
export let border: StaticArray<i32> = new StaticArray<i32>(0);
export let borderCount: i32 = 0;
/** Where a unit stands in `border`, −1 when it is not on it. */
let slot: StaticArray<i32> = new StaticArray<i32>(0);

export function allocateBorder(): void {
  border = new StaticArray<i32>(unitCount);
  slot = new StaticArray<i32>(unitCount);
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
}

/** Brings the list up to date after unit `u` changed its territory. */
export function updateBorder(u: i32): void {
  refresh(u);
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) refresh(neighbors[e]);
}
