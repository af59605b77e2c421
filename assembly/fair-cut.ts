// The cut of a part of the map into two that is fair in several measures. It is the best of many cuts around a site, which
// from a site far away is a straight line. The site orders the units so that both sides hang together, and the order is
// cut for every number of territories on its near side, the first measure in proportion. Where the others turn from too
// little to too much between two sites there is one between them that is even, and bisection finds it. What is as good as
// even is judged by how short the cut is. Sites lie far away in all directions at first, and in the part itself where
// those leave it uneven; where all do, and the part is for a few territories only, random trees are cut.

import { allocateConnectedOrder, cuttable, cutLength, key, orderConnected } from './connected-order';
import { activity, measureCount, neighbors, place, target } from './problem';
import { below, unitInterval } from './rng';
import { allocateTreeCut, forgetTreeCuts, treeCount, treeOff, tryTree, underCut } from './tree-cut';
import { forgetTurns, noteTurn, turnCount, turnFactor, turnHigh, turnLow, turnMiss, turns } from './turns';

/** Units, and territories; the part at hand is order[from … to) for open[first … end). */
export let order: StaticArray<i32> = new StaticArray<i32>(0);
export let open: StaticArray<i32> = new StaticArray<i32>(0);
let from: i32 = 0;
let to: i32 = 0;
let first: i32 = 0;
let end: i32 = 0;
/** Whole activity of the part at hand per measure, and that of the near side of a cut. */
let whole: StaticArray<f64> = new StaticArray<f64>(0);
let near: StaticArray<f64> = new StaticArray<f64>(0);
/** The same of the near side at the last place where it can be cut. */
let heldNear: StaticArray<f64> = new StaticArray<f64>(0);
/** Share of the part, by count and measure, that so many of its territories are to have. */
let nearTarget: StaticArray<f64> = new StaticArray<f64>(0);
/** By count: how the last sweep missed, the one before, and how long the cuts of the last are, for the smaller side. */
let off: StaticArray<f64> = new StaticArray<f64>(0);
let offBefore: StaticArray<f64> = new StaticArray<f64>(0);
let length: StaticArray<f64> = new StaticArray<f64>(0);
/** Two axes across the part. */
const axes: StaticArray<f64> = new StaticArray<f64>(6);
/** Middle of the part, and how far from it the far sites are. */
const middle: StaticArray<f64> = new StaticArray<f64>(3);
let away: f64 = 0;
/** Sites of one kind in all and so far, whether they are near, and where the first far one lies. */
let sites: i32 = 0;
let tried: i32 = 0;
let close: bool = false;
let phase: f64 = 0;
/** Site of the last sweep, of the one before, and of the best. */
const site: StaticArray<f64> = new StaticArray<f64>(3);
const siteBefore: StaticArray<f64> = new StaticArray<f64>(3);
const bestSite: StaticArray<f64> = new StaticArray<f64>(3);
/** Where the last sweep cut last. */
export let cut: i32 = 0;
/** Territories on its near side. */
export let cutCount: i32 = 0;
let bestOff: f64 = Infinity;
let bestLength: f64 = Infinity;
/** The turn that is being bisected, and how far that has come. */
let turn: i32 = 0;
let halvings: i32 = 0;
/** Whether cuts are to differ from time to time, and by what factor those of the last sweep count as longer for that. */
let varied: bool = false;
let factor: f64 = 1;
/** Trees tried. */
let trees: i32 = 0;

/** Sites of either kind: usually, at least, and units that all may order together. */
const SITES: i32 = 32;
const LEAST_SITES: i32 = 12;
const MOST_WORK: i32 = 1 << 18;
/** Distance of far sites in radii of the part. */
const FAR: f64 = 30;
/** How often a turn is bisected. */
const HALVINGS: i32 = 8;
/** Shares of a side by which it may miss a measure and count as even. */
const EVEN: f64 = 0.005;

/** The same where trees are worth a try, how many, and the most territories of a part to try them on. */
const NEARLY_EVEN: f64 = 0.02;
const TREES: i32 = 60;
const TREE_TERRITORIES: i32 = 6;
/** Most by which a varied cut counts as longer than it is, in its length; radii beyond the first of sites that make arcs. */
const NOISE: f64 = 3;
const ARC: f64 = 2;

export function allocateFairCut(n: i32, k: i32): void {
  order = new StaticArray<i32>(n);
  allocateConnectedOrder(n);
  allocateTreeCut(n, n > 0 ? neighbors.length : 0);
  open = new StaticArray<i32>(k);
  whole = new StaticArray<f64>(measureCount);
  near = new StaticArray<f64>(measureCount);
  heldNear = new StaticArray<f64>(measureCount);
  nearTarget = new StaticArray<f64>(k * measureCount);
  off = new StaticArray<f64>(k + 1);
  offBefore = new StaticArray<f64>(k + 1);
  length = new StaticArray<f64>(k + 1);
}

/** From here on cuts differ from time to time, at less effort for each, or do not. */
export function varyCuts(vary: bool): void {
  varied = vary;
}

/** Begins to look for the cut of order[lo … hi) among the territories open[a … b): sums it and lays two axes across it. */
export function beginFairCut(lo: i32, hi: i32, a: i32, b: i32): void {
  const M = measureCount;
  from = lo;
  to = hi;
  first = a;
  end = b;
  forgetSites();
  whole.fill(0);
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  for (let i = from; i < to; i++) {
    const u = order[i];
    for (let m = 0; m < M; m++) whole[m] += activity[u * M + m];
    x += place[4 * u];
    y += place[4 * u + 1];
    z += place[4 * u + 2];
  }
  const count = <f64>max(1, to - from);
  x /= count;
  y /= count;
  z /= count;
  middle[0] = x;
  middle[1] = y;
  middle[2] = z;
  // the longest way from the middle, and the longest across it
  const radius = longest(x, y, z, 0);
  away = radius * (varied && below(2) == 0 ? 1 + ARC * unitInterval() : FAR);
  longest(x, y, z, 3);
}

/** Writes the unit vector to the unit farthest from the middle as axis `at`; across the first axis for the second. Returns how far. */
function longest(x: f64, y: f64, z: f64, at: i32): f64 {
  let most: f64 = -1;
  for (let i = from; i < to; i++) {
    const u = order[i];
    let dx = place[4 * u] - x;
    let dy = place[4 * u + 1] - y;
    let dz = place[4 * u + 2] - z;
    if (at == 3) {
      const along = dx * axes[0] + dy * axes[1] + dz * axes[2];
      dx -= along * axes[0];
      dy -= along * axes[1];
      dz -= along * axes[2];
    }
    const reach = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (reach <= most) continue;
    most = reach;
    const scale = reach > 0 ? 1 / reach : 0;
    axes[at] = dx * scale;
    axes[at + 1] = dy * scale;
    axes[at + 2] = dz * scale;
  }
  return most;
}

/** Sums targets of the open territories of the part, and forgets the sites of the last. */
function forgetSites(): void {
  const M = measureCount;
  for (let m = 0; m < M; m++) {
    let sum: f64 = 0;
    for (let i = first; i < end; i++) {
      sum += target[open[i] * M + m];
      nearTarget[(i - first) * M + m] = sum;
    }
    const scale = sum > 0 ? 1 / sum : 0;
    for (let i = first; i < end; i++) {
      const at = (i - first) * M + m;
      nearTarget[at] = sum > 0 ? nearTarget[at] * scale : <f64>(i + 1 - first) / <f64>(end - first);
    }
  }
  const size = to - from;
  sites = varied ? LEAST_SITES : max(LEAST_SITES, min(SITES, MOST_WORK / max(1, size)));
  phase = unitInterval();
  close = false;
  tried = 0;
  forgetTurns();
  turn = 0;
  halvings = 0;
  factor = 1;
  bestOff = Infinity;
  bestLength = Infinity;
  trees = 0;
  forgetTreeCuts();
}

/** Orders the part about `site`. */
function arrange(): void {
  const x = site[0];
  const y = site[1];
  const z = site[2];
  for (let i = from; i < to; i++) {
    const u = order[i];
    const dx = place[4 * u] - x;
    const dy = place[4 * u + 1] - y;
    const dz = place[4 * u + 2] - z;
    key[u] = dx * dx + dy * dy + dz * dz;
  }
  orderConnected(order, from, to);
}

/**
 * Cuts the part, as it is ordered, for 1 … territories − 1 on its near side, or for `only` so many, and offers what comes of
 * it as the best. Writes to `off` by how much the near side misses its share, in shares of the smaller side: the amount of
 * the measure that misses it most.
 */
function sweep(only: i32): void {
  const M = measureCount;
  const territories = end - first;
  near.fill(0);
  let at = from;
  for (let count = max(1, only), last = only > 0 ? only : territories - 1; count <= last; count++) {
    const shares = (count - 1) * M;
    const wanted = whole[0] * nearTarget[shares];
    const most = to - (territories - count);
    let held = -1;
    while (at < from + count || (at < most && near[0] + 0.5 * activity[order[at] * M] < wanted)) {
      if (cuttable[at - from] && at >= from + count) {
        held = at;
        hold();
      }
      take(order[at++]);
    }
    cut = at;
    if (!cuttable[at - from]) {
      // the next place where it can be cut, or the last if that is the better
      const short = held < 0 ? Infinity : wanted - heldNear[0];
      let more: f64 = near[0] - wanted;
      while (cut < most && !cuttable[cut - from] && more < short) more += activity[order[cut++] * M];
      if (more < short) {
        while (at < cut) take(order[at++]);
        judge(shares, count, near);
      } else {
        cut = held;
        judge(shares, count, heldNear);
      }
    } else judge(shares, count, near);
  }
}

function hold(): void {
  for (let m = 0; m < measureCount; m++) heldNear[m] = near[m];
}

/** Judges a cut that gives `loads` to `count` territories. */
function judge(shares: i32, count: i32, loads: StaticArray<f64>): void {
  let worst: f64 = 0;
  let least: f64 = 1;
  for (let m = 0; m < measureCount; m++) {
    if (whole[m] <= 0) continue;
    const share = nearTarget[shares + m];
    const smaller = min(share, 1 - share);
    least = min(least, smaller);
    const miss = smaller > 0 ? (loads[m] / whole[m] - share) / smaller : 0;
    if (Math.abs(miss) > Math.abs(worst)) worst = miss;
  }
  off[count] = worst;
  length[count] = (factor * <f64>cutLength[cut - from]) / max(1e-9, least);
  const rough = max(EVEN, Math.abs(worst));
  if (rough > bestOff || (rough == bestOff && length[count] >= bestLength)) return;
  bestOff = rough;
  bestLength = length[count];
  cutCount = count;
  for (let d = 0; d < 3; d++) bestSite[d] = site[d];
}

/** Adds unit `u` to the near side. */
// @ts-ignore: decorator
@inline
function take(u: i32): void {
  const M = measureCount;
  for (let m = 0; m < M; m++) near[m] += activity[u * M + m];
}

/** Notes what turned from too little to too much, or back, since the site before. */
function noteTurns(): void {
  const territories = end - first;
  for (let count = 1; count < territories; count++) {
    const before = offBefore[count];
    offBefore[count] = off[count];
    if (tried == 0 || before * off[count] > 0) continue;
    noteTurn(siteBefore, site, count, before, length[count], factor);
  }
  for (let d = 0; d < 3; d++) siteBefore[d] = site[d];
}

/** Tries the next site of its kind. */
function trySite(): void {
  if (close) {
    const u = order[from + below(to - from)];
    for (let d = 0; d < 3; d++) site[d] = place[4 * u + d];
  } else {
    const angle = ((<f64>tried + phase) * 2 * Math.PI) / <f64>sites;
    const c = away * Math.cos(angle);
    const s = away * Math.sin(angle);
    for (let d = 0; d < 3; d++) site[d] = middle[d] + c * axes[d] + s * axes[3 + d];
  }
  arrange();
  factor = varied ? 1 + NOISE * unitInterval() : 1;
  sweep(0);
  noteTurns();
  tried++;
}

/** Halves the way between the sites of the turn at hand. */
function bisect(): void {
  const at = 3 * turn;
  for (let d = 0; d < 3; d++) site[d] = 0.5 * (turnLow[at + d] + turnHigh[at + d]);
  arrange();
  factor = turnFactor[turn];
  sweep(turnCount[turn]);
  const low = off[turnCount[turn]] * turnMiss[turn] > 0;
  for (let d = 0; d < 3; d++) {
    if (low) turnLow[at + d] = site[d];
    else turnHigh[at + d] = site[d];
  }
  if (++halvings < HALVINGS && Math.abs(off[turnCount[turn]]) > EVEN) return;
  halvings = 0;
  turn++;
}

/**
 * Tries one site or tree; true once the part is ordered for its best cut, order[from … cut) for `cutCount` territories.
 * O(n log n).
 */
export function findFairCut(): bool {
  if (tried <= sites) trySite();
  else if (turn < turns && !(varied && bestOff <= EVEN)) bisect();
  else if (!varied && !close && bestOff > EVEN) {
    close = true;
    tried = 0;
    forgetTurns();
    turn = 0;
  } else if (bestOff > NEARLY_EVEN && trees < TREES && end - first <= TREE_TERRITORIES) {
    trees++;
    tryTree(order, from, to, end - first, nearTarget, whole, NEARLY_EVEN);
  } else {
    if (treeOff < bestOff) orderByTree();
    else {
      for (let d = 0; d < 3; d++) site[d] = bestSite[d];
      arrange();
      sweep(cutCount);
    }
    return true;
  }
  return false;
}

/** Orders the part for the best cut of a tree: its near side comes first. */
function orderByTree(): void {
  cut = from;
  cutCount = treeCount;
  for (let i = from; i < to; i++) {
    const u = order[i];
    if (!underCut[u]) continue;
    order[i] = order[cut];
    order[cut++] = u;
  }
}
