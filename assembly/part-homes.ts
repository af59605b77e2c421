// Which part of a first bisection each territory begins with, where territories may not serve everything: the parts are
// matched to territories so that these may serve much of what lies there (greedily, the most restricted first, then by
// exchanges of two).

import { hasPermits, mayServe } from './permits';
import { territoryCount } from './problem';
import { treePoint, treeSum, treeUnit, treeUnits } from './spatial-tree';

/** Mass of a sample of the part's units that the territory may serve, parts × k; and of all that it may serve. */
let served: StaticArray<f32> = new StaticArray<f32>(0);
let whole: StaticArray<f64> = new StaticArray<f64>(0);
/** Mass around each part. */
let around: StaticArray<f64> = new StaticArray<f64>(0);
let order: StaticArray<i32> = new StaticArray<i32>(0);

/** Territories up to which a table of pairs is kept. */
const MOST_TERRITORIES: i32 = 2048;
const MOST_SAMPLES: i32 = 20000;
/** Every unit counts this share of the mean mass at least. */
const LEAST_MASS_SHARE: f64 = 1e-3;
const ROUNDS: i32 = 10;

export function allocatePartHomes(): void {
  const k = hasPermits && territoryCount <= MOST_TERRITORIES ? territoryCount : 0;
  served = new StaticArray<f32>(k * k);
  whole = new StaticArray<f64>(k);
  around = new StaticArray<f64>(k);
  order = new StaticArray<i32>(k);
}

/** Whether parts are matched at all. */
export function matchesParts(): bool {
  return hasPermits && served.length > 0;
}

/** Sums what each territory may serve in the vicinity of each of `parts` points (x, y, z), radius² off the distance. */
export function sumServed(point: StaticArray<f64>, radius: StaticArray<f64>, parts: i32): void {
  const k = territoryCount;
  served.fill(0);
  whole.fill(0);
  around.fill(0);
  const stride = 1 + treeUnits / MOST_SAMPLES;
  for (let i = 0; i < treeUnits; i += stride) {
    let part = 0;
    let least = Infinity;
    for (let j = 0; j < parts; j++) {
      let d = -radius[j];
      for (let a = 0; a < 3; a++) {
        const away = <f64>treePoint[4 * i + a] - point[3 * j + a];
        d += away * away;
      }
      if (d < least) {
        least = d;
        part = j;
      }
    }
    const m = <f64>treeSum[4 * i] + LEAST_MASS_SHARE / <f64>treeUnits;
    const u = treeUnit(i);
    around[part] += m;
    for (let t = 0; t < k; t++) {
      if (!mayServe(u, t)) continue;
      served[part * k + t] += <f32>m;
      whole[t] += m;
    }
  }
}

/** Share of what lies in the vicinity of a point that territory `t` may serve; 1 where nothing does. */
export function sharesServed(part: i32, t: i32): f64 {
  return around[part] > 0 ? <f64>served[part * territoryCount + t] / around[part] : 1;
}

/** Gives each of some[0 … count) a part that is not taken, into `partOf` by territory. */
export function matchParts(
  some: StaticArray<i32>,
  count: i32,
  taken: StaticArray<u8>,
  parts: i32,
  partOf: StaticArray<i32>,
): void {
  const k = territoryCount;
  for (let i = 0; i < count; i++) {
    const t = some[i];
    let at = i;
    for (; at > 0 && whole[order[at - 1]] > whole[t]; at--) order[at] = order[at - 1];
    order[at] = t;
  }
  for (let i = 0; i < count; i++) {
    const t = order[i];
    let best = -1;
    for (let j = 0; j < parts; j++) {
      if (taken[j] == 0 && (best < 0 || served[j * k + t] > served[best * k + t])) best = j;
    }
    taken[best] = 1;
    partOf[t] = best;
  }
  for (let round = 0; round < ROUNDS; round++) if (!exchange(count, partOf)) return;
}

/** Exchanges the parts of two territories wherever that serves more; returns whether it did. */
function exchange(count: i32, partOf: StaticArray<i32>): bool {
  const k = territoryCount;
  let any = false;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const t = order[i];
      const s = order[j];
      const here = served[partOf[t] * k + t] + served[partOf[s] * k + s];
      const there = served[partOf[s] * k + t] + served[partOf[t] * k + s];
      if (there <= here * <f32>1.000001) continue;
      const part = partOf[t];
      partOf[t] = partOf[s];
      partOf[s] = part;
      any = true;
    }
  }
  return any;
}
