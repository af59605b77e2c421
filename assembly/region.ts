// A part of the map on its own: some neighbouring territories whose centres and prices are sought; a ring around them
// whose prices follow, for else imbalance could be pushed out there at a price that is too low; another ring that stands;
// and the land of all. A search for better centres costs what the region costs, however large the rest of the map is, and
// its dual value rises or falls as that of the whole.

import { freshArray } from './fresh-array';
import { activateAll, activateSome, activeCount, centersApart, present, price, reach } from './power-diagram';
import { territoryCount, unitCount } from './problem';
import { unitInterval } from './rng';
import { nodeSum, treeSum } from './spatial-tree';

/** Whether passes are about the region only. */
export let regional: bool = false;
/** 1 for territories of the region, `IN_RING` for those about to join it. */
export let inRegion: StaticArray<u8> = new StaticArray<u8>(0);
/** The region's land: nodes of the tree, and ~i for the unit at position i where it shares a leaf with others. */
export let land: StaticArray<i32> = new StaticArray<i32>(0);
export let landCount: i32 = 0;
export let landMass: f64 = 0;
/** The region's territories, nearest to the middle first. */
let members: StaticArray<i32> = new StaticArray<i32>(0);
let memberCount: i32 = 0;
/** So many of them move their centres, and so many have their prices sought. */
let moving: i32 = 0;
/** Territories in the middle, the first of those that move, which may be sent elsewhere. */
export let inner: i32 = 0;
let priced: i32 = 0;
let distance: StaticArray<f64> = new StaticArray<f64>(0);

/** Territories of a region that move. */
export const MOVING: i32 = 8;
const INNER: i32 = 4;
/** Mark of a territory that is in the ring to come. */
const IN_RING: u8 = 2;

export function allocateRegion(): void {
  inRegion = new StaticArray<u8>(territoryCount);
  land = freshArray<i32>(unitCount);
  members = new StaticArray<i32>(territoryCount);
  distance = new StaticArray<f64>(MOVING);
}

/**
 * A territory at random, the farther from the others the sooner: where loads are alike, inertia goes with the area, and
 * the few territories of thin land hold most of it. Half of all draws are even. O(k).
 */
function drawMiddle(): i32 {
  let area: f64 = 0;
  for (let i = 0; i < activeCount; i++) area += reach[present[i]];
  const even = area / <f64>activeCount;
  let left = 2 * area * unitInterval();
  for (let i = 0; i < activeCount; i++) {
    left -= reach[present[i]] + even;
    if (left <= 0) return present[i];
  }
  return present[activeCount - 1];
}

/** Begins a region without any territory or land. */
export function beginRegion(): void {
  memberCount = 0;
  inRegion.fill(0);
  clearLand();
}

/** Adds a territory, all of whose land is to be the region's. */
export function addToRegion(t: i32): void {
  inRegion[t] = 1;
  members[memberCount++] = t;
}

/** Lets all of the region's territories move: nothing beyond its land can be theirs. */
export function closeRegion(): void {
  priced = memberCount;
  moving = memberCount;
  inner = memberCount;
}

/** Draws the territories that are to move: one and those nearest to it. All must be active. O(k). */
export function drawRegion(): void {
  const middle = drawMiddle();
  memberCount = 0;
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    const d = centersApart(t, middle) - price[t];
    if (memberCount == MOVING && d >= distance[memberCount - 1]) continue;
    let at = memberCount < MOVING ? memberCount++ : memberCount - 1;
    for (; at > 0 && distance[at - 1] > d; at--) {
      distance[at] = distance[at - 1];
      members[at] = members[at - 1];
    }
    distance[at] = d;
    members[at] = t;
  }
  moving = memberCount;
  priced = memberCount;
  inner = min(INNER, memberCount);
  inRegion.fill(0);
  for (let i = 0; i < memberCount; i++) inRegion[members[i]] = 1;
}

/** Adds territory `t`, which borders on the region, to the next ring. */
export function addToRing(t: i32): void {
  if (inRegion[t] != 0) return;
  inRegion[t] = IN_RING;
  members[memberCount++] = t;
}

/** Makes the ring a part of the region. */
export function closeRing(): void {
  priced = memberCount;
  for (let i = 0; i < memberCount; i++) inRegion[members[i]] = 1;
}

/** Makes passes about the region's land, and its inner territories active. */
export function enterRegion(): void {
  regional = true;
  activateSome(members, memberCount, priced, moving);
}

/** Makes passes about everything again, and all territories active. */
export function leaveRegion(): void {
  regional = false;
  activateAll();
}

/** A piece of the land drawn by its mass: a node, or ~i for the unit at position i of the tree. */
export function drawLand(random: f64): i32 {
  let left = random * landMass;
  for (let i = 0; i < landCount; i++) {
    left -= land[i] >= 0 ? nodeSum[8 * land[i]] : <f64>treeSum[4 * ~land[i]];
    if (left <= 0) return land[i];
  }
  return land[landCount - 1];
}

export function clearLand(): void {
  landCount = 0;
  landMass = 0;
}

export function addLandNode(node: i32): void {
  land[landCount++] = node;
  landMass += nodeSum[8 * node];
}

export function addLandUnit(at: i32): void {
  land[landCount++] = ~at;
  landMass += <f64>treeSum[4 * at];
}
