// Builds a neighbourhood of the best plan anew: a few of its centres are sent elsewhere, or all are shaken, centres and
// prices settle on the neighbourhood's own land, and the diagram is written over what stood there (ruin and recreate:
// Schrimpf, Schneider, Stamm-Wilbrandt, Dueck 2000). The search for centres knows units by halves; where territories
// have few units, so that whole ones decide what balances, only plans can tell which centres are good.

import { useBands } from './band-targets';
import { countFreeCenters, freeCenters, jumpCenters, shakeCenters } from './center-moves';
import { hasDemands } from './demands';
import { beginWriting, passMoment, passSome, setResolution } from './diagram-pass';
import { activeCount, keepCentersInside, moveCenters, present, price, setGoals } from './power-diagram';
import { beginSettling, dualValue, settleSome } from './prices';
import { disruptionFactor, inertiaFactor, territoryCount } from './problem';
import { addLandNode, addLandUnit, addToRegion, beginRegion, closeRegion, enterRegion, landMass, leaveRegion } from './region';
import { nextU32 } from './rng';
import { leafLevel, nodeBegin, treeUnit, treeUnits } from './spatial-tree';
import { assignment, center } from './tally';
import { isThawed } from './thaw';

/** Whether a neighbourhood is being built anew. */
export let rebuilding: bool = false;
let writing: bool = false;
/** Rounds that the try at hand has yet to go, and whether its prices settle for the last time. */
let rounds: i32 = 0;
let last: bool = false;
/** Tries so far; the first leaves the centres where they are. */
let tries: i32 = 0;
let leastDual: f64 = Infinity;
/** Centres and prices of the first try, from which the others begin, and of the best of the others. */
let homeCenter: StaticArray<f64> = new StaticArray<f64>(0);
let homePrice: StaticArray<f64> = new StaticArray<f64>(0);
let bestCenter: StaticArray<f64> = new StaticArray<f64>(0);
let bestPrice: StaticArray<f64> = new StaticArray<f64>(0);

/** Tries after the first, and the rounds of the first and of another. */
const TRIES: i32 = 2;
const HOME_ROUNDS: i32 = 4;
const ROUNDS: i32 = 8;
/** Passes per round, and how close the loads must come: while the centres still move, and at the end. */
const PASSES: i32 = 8;
const ROUGH: f64 = 0.06;
const FINE: f64 = 0.02;
const SOFTNESS: f64 = 1;
/** Centres that move less than this, relative to their neighbours, have settled. */
const SETTLED: f64 = 0.01;

export function allocateRebuilding(): void {
  const k = territoryCount;
  homeCenter = new StaticArray<f64>(4 * k);
  homePrice = new StaticArray<f64>(k);
  bestCenter = new StaticArray<f64>(4 * k);
  bestPrice = new StaticArray<f64>(k);
}

/** Whether diagrams about other centres can make better plans of this problem. O(k). */
export function fitsRebuilding(): bool {
  if (inertiaFactor == 0 || disruptionFactor != 0 || treeUnits == 0 || hasDemands()) return false;
  countFreeCenters();
  return freeCenters > 0;
}

/** Begins with the thawed territories of the current assignment, whose centres and prices are current. O(n + k). */
export function beginRebuilding(): void {
  rebuilding = true;
  writing = false;
  tries = 0;
  leastDual = Infinity;
  listRegion();
  useBands(true);
  setGoals(landMass);
  beginTry();
}

/** Makes a region of the thawed territories and the land that is theirs. */
function listRegion(): void {
  beginRegion();
  for (let t = 0; t < territoryCount; t++) if (isThawed(t)) addToRegion(t);
  const leaves = 1 << leafLevel;
  for (let j = 0; j < leaves; j++) {
    const begin = nodeBegin(leafLevel, j);
    const end = nodeBegin(leafLevel, j + 1);
    let inside = 0;
    for (let i = begin; i < end; i++) if (isThawed(assignment[treeUnit(i)])) inside++;
    if (inside == end - begin) addLandNode(leaves - 1 + j);
    else if (inside > 0) for (let i = begin; i < end; i++) if (isThawed(assignment[treeUnit(i)])) addLandUnit(i);
  }
  closeRegion();
  enterRegion();
}

function beginTry(): void {
  rounds = tries == 0 ? HOME_ROUNDS : ROUNDS;
  last = false;
  if (tries > 0) {
    recall(homeCenter, homePrice);
    if (nextU32() & 1) jumpCenters();
    else shakeCenters();
  }
  tries++;
  settle();
}

function settle(): void {
  if (!last) keepCentersInside();
  setResolution(SOFTNESS, 0, 0);
  beginSettling(PASSES, last ? FINE : ROUGH);
}

function keep(centers: StaticArray<f64>, prices: StaticArray<f64>): void {
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    for (let d = 4 * t; d < 4 * t + 4; d++) centers[d] = center[d];
    prices[t] = price[t];
  }
}

function recall(centers: StaticArray<f64>, prices: StaticArray<f64>): void {
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    for (let d = 4 * t; d < 4 * t + 4; d++) center[d] = centers[d];
    price[t] = prices[t];
  }
}

/** Works on it; returns the effort left, more than 0 once the neighbourhood is written anew, pieces that lie apart and all. */
export function rebuildSome(effort: i32): i32 {
  while (effort > 0) {
    if (writing) return passSome(effort);
    effort = settleSome(effort);
    if (effort <= 0) return 0;
    if (last) endTry();
    else {
      rounds--;
      last = moveCenters(passMoment, 1) < SETTLED || rounds == 0;
      settle();
    }
  }
  return 0;
}

function endTry(): void {
  if (tries == 1) keep(homeCenter, homePrice);
  else if (dualValue < leastDual) {
    leastDual = dualValue;
    keep(bestCenter, bestPrice);
  }
  if (tries <= TRIES) {
    beginTry();
    return;
  }
  recall(bestCenter, bestPrice);
  writing = true;
  beginWriting();
}

/** Leaves the neighbourhood, whether or not it has been written. */
export function endRebuilding(): void {
  rebuilding = false;
  leaveRegion();
  useBands(false);
}
