// How a try of the search over centres leaves the centres at hand: some are sent elsewhere, or all of a region are shaken.

import { hasMatrix } from './cost-matrix';
import { activeCount, movingCount, present, presentCount, price, reach } from './power-diagram';
import { fixedCenter, locked, territoryCount } from './problem';
import { drawLand, inner, regional } from './region';
import { below, unitInterval } from './rng';
import { leafLevel, levelOf, nodeBegin, nodeSum, treePoint, treeSum } from './spatial-tree';
import { center } from './tally';

/** Territories whose centres may move at all. */
export let freeCenters: i32 = 0;

const MOST_JUMPS: i32 = 3;
/** Draws of a place in the middle of a region. */
const PLACE_TRIES: i32 = 12;
/** How far centres are shaken, relative to the way to the next. */
const SHAKE: f64 = 0.6;

export function countFreeCenters(): void {
  freeCenters = 0;
  // given costs know no centres
  if (hasMatrix) return;
  for (let t = 0; t < territoryCount; t++) if (!locked[t] && fixedCenter[4 * t + 3] == 0) freeCenters++;
}

/**
 * Sends one to three free centres to random places where there is mass; in a region only those in its middle, to places
 * there, so that its outer border can stand still.
 */
export function jumpCenters(): void {
  const middle = regional ? inner : activeCount;
  const jumps = 1 + below(min(MOST_JUMPS, freeCenters));
  for (let i = 0; i < jumps; i++) {
    const t = drawCenter(middle);
    if (t < 0) return;
    let at = 0;
    let winner = 0;
    for (let tries = 0; tries < PLACE_TRIES; tries++) {
      at = 4 * (regional ? drawByMass(drawLand(unitInterval())) : drawByMass(0));
      winner = winnerAt(at);
      if (winner < middle) break;
    }
    if (winner >= middle) return;
    for (let a = 0; a < 3; a++) center[4 * t + a] = <f64>treePoint[at + a];
    price[t] = price[present[winner]];
  }
}

/** Moves the region's free centres at random by up to a good part of the way to the next. */
export function shakeCenters(): void {
  for (let i = 0; i < movingCount; i++) {
    const t = present[i];
    if (fixedCenter[4 * t + 3] != 0) continue;
    const far = SHAKE * Math.sqrt(reach[t]);
    for (let a = 0; a < 3; a++) center[4 * t + a] += far * (2 * unitInterval() - 1);
  }
}

/** Which of the present territories wins the place at treePoint[at …]. */
function winnerAt(at: i32): i32 {
  let best = 0;
  let least = Infinity;
  for (let j = 0; j < presentCount; j++) {
    const s = present[j];
    let d = -price[s];
    for (let a = 0; a < 3; a++) {
      const away = <f64>treePoint[at + a] - center[4 * s + a];
      d += away * away;
    }
    if (d < least) {
      least = d;
      best = j;
    }
  }
  return best;
}

/** Position in tree order of a unit drawn by its mass, down the tree from `from`: a node, or ~i for unit i. O(log n). */
function drawByMass(from: i32): i32 {
  if (from < 0) return ~from;
  let node = from;
  let left = unitInterval() * nodeSum[8 * node];
  for (let level = levelOf(node); level < leafLevel; level++) {
    node = 2 * node + 1;
    if (left > nodeSum[8 * node]) left -= nodeSum[8 * node++];
  }
  const j = node + 1 - (1 << leafLevel);
  const end = nodeBegin(leafLevel, j + 1) - 1;
  let at = nodeBegin(leafLevel, j);
  while (at < end && left > <f64>treeSum[4 * at]) left -= <f64>treeSum[4 * at++];
  return at;
}

/** A random free centre among the first `count` active ones, −1 when all are fixed. */
function drawCenter(count: i32): i32 {
  let i = below(count);
  for (let tries = 0; tries < count; tries++) {
    const t = present[i];
    if (fixedCenter[4 * t + 3] == 0) return t;
    if (++i == count) i = 0;
  }
  return -1;
}
