// Which territory each centre is: a diagram does not care, but pinned units do, for they must be reached from theirs. So
// territories exchange their free centres, two at a time, as long as that brings them nearer to their pinned units; what
// they may not serve where they would come to be counts against it.

import { matchesParts, sharesServed, sumServed } from './part-homes';
import { heldMoment, measureReach, price, reach } from './power-diagram';
import { hasPins } from './permits';
import { fixedCenter, locked, territoryCount } from './problem';
import { center } from './tally';

/** Territories with free centres, and whose former centre each of them gets. */
let free: StaticArray<i32> = new StaticArray<i32>(0);
let from: StaticArray<i32> = new StaticArray<i32>(0);
let place: StaticArray<f64> = new StaticArray<f64>(0);
let bid: StaticArray<f64> = new StaticArray<f64>(0);

const ROUNDS: i32 = 10;
/** What land that may not be served counts for, in squared ways to the next centre per territory's land. */
const UNSERVED: f64 = 10;

export function allocateCenterLabels(): void {
  free = new StaticArray<i32>(territoryCount);
  from = new StaticArray<i32>(territoryCount);
  place = new StaticArray<f64>(3 * territoryCount);
  bid = new StaticArray<f64>(territoryCount);
}

/** Lets territories exchange the present centres and prices. Nothing without pins. O(k²) a round. */
export function exchangeCenters(): void {
  if (!hasPins) return;
  measureReach();
  let count = 0;
  for (let t = 0; t < territoryCount; t++) {
    from[t] = t;
    bid[t] = price[t];
    for (let a = 0; a < 3; a++) place[3 * t + a] = center[4 * t + a];
    if (!locked[t] && fixedCenter[4 * t + 3] == 0) free[count++] = t;
  }
  if (matchesParts()) sumServed(place, bid, territoryCount);
  for (let round = 0; round < ROUNDS; round++) if (!exchangeOnce(count)) break;
  for (let i = 0; i < count; i++) {
    const t = free[i];
    for (let a = 0; a < 3; a++) center[4 * t + a] = place[3 * from[t] + a];
    price[t] = bid[from[t]];
  }
}

function exchangeOnce(count: i32): bool {
  let any = false;
  for (let i = 0; i < count; i++) {
    const t = free[i];
    for (let j = i + 1; j < count; j++) {
      const s = free[j];
      const here = penalty(t, from[t]) + penalty(s, from[s]);
      const there = penalty(t, from[s]) + penalty(s, from[t]);
      if (there >= here * (1 - 1e-9)) continue;
      const old = from[t];
      from[t] = from[s];
      from[s] = old;
      any = true;
    }
  }
  return any;
}

/** What speaks against giving territory `t` the former centre of `c`, km². */
function penalty(t: i32, c: i32): f64 {
  let sum: f64 = matchesParts() ? UNSERVED * reach[c] * (1 - sharesServed(c, t)) : 0;
  const w = heldMoment[4 * t + 3];
  if (w <= 0) return sum;
  for (let a = 0; a < 3; a++) {
    const away = heldMoment[4 * t + a] / w - place[3 * c + a];
    sum += away * away;
  }
  return sum;
}
