// The plans of a run that are worth remembering (evolutionary partitioning: Sanders, Schulz 2012). A new plan takes the
// place of the member most like it among those that are no better, which keeps the population apart.

import { rounded } from '../best-plan';
import { cutFactor, neighbors, offsets, unitCount } from '../problem';
import { below } from '../rng';

const MOST_MEMBERS: i32 = 10;
/** Entries that the members may take together, at four bytes; two members in any case. */
const MOST_ENTRIES: i32 = 8_000_000;

export let memberCount: i32 = 0;
export let memberCapacity: i32 = 0;
let plans: StaticArray<i32> = new StaticArray<i32>(0);
const costs: StaticArray<f64> = new StaticArray<f64>(MOST_MEMBERS);
const standings: StaticArray<f64> = new StaticArray<f64>(MOST_MEMBERS);
const violations: StaticArray<f64> = new StaticArray<f64>(MOST_MEMBERS);

export function allocatePopulation(): void {
  memberCapacity = max(2, min(MOST_MEMBERS, MOST_ENTRIES / max(1, unitCount)));
  plans = new StaticArray<i32>(memberCapacity * unitCount);
}

export function clearPopulation(): void {
  memberCount = 0;
}

/** Copies member `i` into the first n entries of `to`. */
export function readMember(i: i32, to: StaticArray<i32>): void {
  const base = i * unitCount;
  for (let u = 0; u < unitCount; u++) to[u] = plans[base + u];
}

/** The part of member `i`'s violation that no move can mend. */
export function memberStanding(i: i32): f64 {
  return standings[i];
}

function write(i: i32, from: StaticArray<i32>, violation: f64, standing: f64, cost: f64): void {
  const base = i * unitCount;
  for (let u = 0; u < unitCount; u++) plans[base + u] = from[u];
  violations[i] = violation;
  standings[i] = standing;
  costs[i] = cost;
}

// @ts-ignore: decorator
@inline
function better(violation: f64, cost: f64, i: i32): bool {
  return violation != violations[i] ? violation < violations[i] : cost < costs[i];
}

/** Edges that are cut in exactly one of member `i` and `plan`. O(slots). */
function distance(i: i32, plan: StaticArray<i32>): i32 {
  const base = i * unitCount;
  let count = 0;
  for (let u = 0; u < unitCount; u++) {
    const a = plan[u];
    const b = plans[base + u];
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const v = neighbors[e];
      if (v > u && (plan[v] != a) != (plans[base + v] != b)) count++;
    }
  }
  return count;
}

/** Offers a plan; `standing` is the part of its violation beyond the imbalance. Taken if there is room or a
 *  worse one. Returns whether it is the best member now. */
export function enroll(plan: StaticArray<i32>, imbalance: f64, standing: f64, cost: f64): bool {
  const violation = rounded(imbalance + standing);
  const leads = memberCount == 0 || better(violation, cost, bestMember());
  let nearest = -1;
  let least = i32.MAX_VALUE;
  for (let i = 0; i < memberCount; i++) {
    const apart = distance(i, plan);
    // the same plan again
    if (apart == 0 && !better(violation, cost, i)) return false;
    // a better member keeps its place
    if (violations[i] < violation || (violations[i] == violation && costs[i] < cost)) continue;
    if (apart < least) {
      least = apart;
      nearest = i;
    }
  }
  if (memberCount < memberCapacity) {
    write(memberCount++, plan, violation, standing, cost);
    return leads;
  }
  if (nearest >= 0) write(nearest, plan, violation, standing, cost);
  return leads;
}

/** The better of two members drawn at random, `except` left out (−1 for none). */
export function drawMember(except: i32): i32 {
  const a = drawOne(except);
  const b = drawOne(except);
  return better(violations[a], costs[a], b) ? a : b;
}

function drawOne(except: i32): i32 {
  if (except < 0) return below(memberCount);
  const i = below(memberCount - 1);
  return i >= except ? i + 1 : i;
}

/** Best member. */
export function bestMember(): i32 {
  let best = 0;
  for (let i = 1; i < memberCount; i++) if (better(violations[i], costs[i], best)) best = i;
  return best;
}
