// Sites: every territory without a centre of its own is based at one of some given places, no two at the same. Centres are
// searched for freely first; then each goes to a site and counts as fixed, and now and then the territories exchange
// their sites, with each other and with those that nobody has, for what costs the plan at hand least.

import { pointDistance } from './objective';
import { fixedCenter, locked, originX, originY, originZ, place, power, territoryCount, unitCount, weight } from './problem';
import { assignment, center } from './tally';

export let siteCount: i32 = 0;
/** x, y, z per site, km. */
export let site: StaticArray<f64> = new StaticArray<f64>(0);
/** Site of each territory, −1 while it has none; and territory of each site. */
let siteOf: StaticArray<i32> = new StaticArray<i32>(0);
let holder: StaticArray<i32> = new StaticArray<i32>(0);
/** Territories that need a site. */
let based: StaticArray<i32> = new StaticArray<i32>(0);
let basedCount: i32 = 0;
/** Cost of each territory at each site, k × sites. */
let cost: StaticArray<f64> = new StaticArray<f64>(0);

const ROUNDS: i32 = 20;

export function allocateSites(sites: i32): void {
  const k = sites > 0 ? territoryCount : 0;
  siteCount = sites;
  site = new StaticArray<f64>(3 * sites);
  siteOf = new StaticArray<i32>(k);
  holder = new StaticArray<i32>(sites);
  based = new StaticArray<i32>(k);
  cost = new StaticArray<f64>(k * sites);
}

/** Lists who needs a site, and moves the sites' origin to that of the places; once per problem. */
export function deriveSites(): void {
  if (siteCount == 0) return;
  basedCount = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t] && fixedCenter[4 * t + 3] == 0) based[basedCount++] = t;
  for (let s = 0; s < siteCount; s++) {
    site[3 * s] -= originX;
    site[3 * s + 1] -= originY;
    site[3 * s + 2] -= originZ;
  }
  siteOf.fill(-1);
}

/** Frees all centres that are at sites, for a search. */
export function leaveSites(): void {
  if (siteCount == 0) return;
  for (let i = 0; i < basedCount; i++) {
    const t = based[i];
    fixedCenter[4 * t + 3] = 0;
    siteOf[t] = -1;
  }
}

/** Sends every free centre to a site, together as near as an exchange of two can bring them. */
export function goToSites(): void {
  if (siteCount == 0) return;
  leaveSites();
  for (let i = 0; i < basedCount; i++) {
    const t = based[i];
    for (let s = 0; s < siteCount; s++) {
      let sum: f64 = 0;
      for (let a = 0; a < 3; a++) {
        const away = center[4 * t + a] - site[3 * s + a];
        sum += away * away;
      }
      cost[t * siteCount + s] = sum;
    }
  }
  match();
}

/** Gives the territories of the current assignment the sites that cost it least, as far as exchanges of two find them. O(n · sites). */
export function exchangeSites(): void {
  if (siteCount == 0) return;
  cost.fill(0);
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (t < 0 || weight[u] == 0) continue;
    for (let s = 0; s < siteCount; s++) {
      let squared: f64 = 0;
      for (let a = 0; a < 3; a++) {
        const away = place[4 * u + a] - site[3 * s + a];
        squared += away * away;
      }
      const distance = pointDistance(squared);
      cost[t * siteCount + s] += weight[u] * (power == 2 ? distance * distance : distance);
    }
  }
  match();
}

/** Those without a site take the cheapest left; then each takes another, or another's, as long as that costs less. */
function match(): void {
  holder.fill(-1);
  for (let i = 0; i < basedCount; i++) if (siteOf[based[i]] >= 0) holder[siteOf[based[i]]] = based[i];
  for (let i = 0; i < basedCount; i++) {
    const t = based[i];
    if (siteOf[t] >= 0) continue;
    let best = -1;
    for (let s = 0; s < siteCount; s++) {
      if (holder[s] < 0 && (best < 0 || cost[t * siteCount + s] < cost[t * siteCount + best])) best = s;
    }
    siteOf[t] = best;
    holder[best] = t;
  }
  for (let round = 0; round < ROUNDS; round++) if (!exchange()) break;
  for (let i = 0; i < basedCount; i++) {
    const t = based[i];
    for (let a = 0; a < 3; a++) {
      fixedCenter[4 * t + a] = site[3 * siteOf[t] + a];
      center[4 * t + a] = fixedCenter[4 * t + a];
    }
    fixedCenter[4 * t + 3] = 1;
  }
}

function exchange(): bool {
  let any = false;
  for (let i = 0; i < basedCount; i++) {
    const t = based[i];
    for (let s = 0; s < siteCount; s++) {
      const mine = siteOf[t];
      const other = holder[s];
      if (other == t) continue;
      let change = cost[t * siteCount + s] - cost[t * siteCount + mine];
      let size = cost[t * siteCount + mine];
      if (other >= 0) {
        change += cost[other * siteCount + mine] - cost[other * siteCount + s];
        size += cost[other * siteCount + s];
      }
      if (change >= -1e-12 * size) continue;
      siteOf[t] = s;
      holder[s] = t;
      holder[mine] = other;
      if (other >= 0) siteOf[other] = mine;
      any = true;
    }
  }
  return any;
}
