// Places for a problem that has none: hop distances to three far-apart pivots (pivot MDS reduced to its distances;
// Brandes, Pich 2007). Good enough to start from; no term of the objective reads them.

import { freshArray } from './fresh-array';
import { neighbors, offsets, place, unitCount } from './problem';

let queue: StaticArray<i32> = new StaticArray<i32>(0);
let hops: StaticArray<i32> = new StaticArray<i32>(0);
let nearestPivot: StaticArray<i32> = new StaticArray<i32>(0);

/** Hops from `source` into `hops`; units out of reach count as one hop beyond the farthest. */
function measureHops(source: i32): void {
  hops.fill(-1);
  let head = 0;
  let tail = 0;
  queue[tail++] = source;
  hops[source] = 0;
  while (head < tail) {
    const u = queue[head++];
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const v = neighbors[e];
      if (hops[v] >= 0) continue;
      hops[v] = hops[u] + 1;
      queue[tail++] = v;
    }
  }
  const beyond = hops[queue[tail - 1]] + 1;
  for (let u = 0; u < unitCount; u++) if (hops[u] < 0) hops[u] = beyond;
}

/** Writes the three coordinates of every unit's place. O(n + E). */
export function embedGraph(): void {
  queue = freshArray<i32>(unitCount);
  hops = freshArray<i32>(unitCount);
  nearestPivot = freshArray<i32>(unitCount);
  nearestPivot.fill(i32.MAX_VALUE);
  measureHops(0);
  let pivot = 0;
  for (let u = 1; u < unitCount; u++) if (hops[u] > hops[pivot]) pivot = u;
  for (let axis = 0; axis < 3; axis++) {
    measureHops(pivot);
    for (let u = 0; u < unitCount; u++) {
      place[4 * u + axis] = <f64>hops[u];
      nearestPivot[u] = min(nearestPivot[u], hops[u]);
    }
    pivot = 0;
    for (let u = 1; u < unitCount; u++) if (nearestPivot[u] > nearestPivot[pivot]) pivot = u;
  }
}
