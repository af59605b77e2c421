// Parts that are fair in several measures at once, cut by straight lines: a ham-sandwich cut halves two measures of the
// plane with one line, and cuts in other proportions exist often enough (Bespamyatnikh, Kirkpatrick, Snoeyink 2000, on
// equitable subdivisions). A power diagram has one price per territory, which meets one load; where another measure
// lies elsewhere (towns full of people, villages full of shops) only long sectors hold both, and these come from here.
//
// A part is divided by the best of many directions. Each cuts the first measure in proportion and is judged by how far
// the others are off; what is as good as even is judged by how compact the sides are. O(n) per direction.

import { resetPrices } from './power-diagram';
import { hasDemands } from './demands';
import { activity, contiguous, fixedCenter, initial, locked, measureCount, place, target, territoryCount, unitCount } from './problem';
import { below, unitInterval } from './rng';
import { assignment } from './tally';

let order: StaticArray<i32> = new StaticArray<i32>(0);
let key: StaticArray<f64> = new StaticArray<f64>(0);
let open: StaticArray<i32> = new StaticArray<i32>(0);
/** Parts still to divide: units order[from … to) for the open territories first … last. */
let stackFrom: StaticArray<i32> = new StaticArray<i32>(0);
let stackTo: StaticArray<i32> = new StaticArray<i32>(0);
let stackFirst: StaticArray<i32> = new StaticArray<i32>(0);
let stackEnd: StaticArray<i32> = new StaticArray<i32>(0);
let depth: i32 = 0;
/** Whole activity of the part at hand per measure, and that of the near side of a cut. */
let whole: StaticArray<f64> = new StaticArray<f64>(0);
let near: StaticArray<f64> = new StaticArray<f64>(0);
/** Two axes across the part. */
const axes: StaticArray<f64> = new StaticArray<f64>(6);
let tried: i32 = 0;
let bestAngle: f64 = 0;
let bestOff: f64 = Infinity;
let bestSpread: f64 = Infinity;
/** Where the last cut fell. */
let cut: i32 = 0;

/** Directions all around, and how often the best of them is refined by half a step. */
const DIRECTIONS: i32 = 64;
const REFINEMENTS: i32 = 12;
/** Shares of a measure that count as even. */
const EVEN: f64 = 0.004;

export function allocateEquitableParts(): void {
  const several = measureCount > 1;
  const n = several ? unitCount : 0;
  const k = several ? territoryCount : 0;
  order = new StaticArray<i32>(n);
  key = new StaticArray<f64>(n);
  open = new StaticArray<i32>(k);
  stackFrom = new StaticArray<i32>(k + 1);
  stackTo = new StaticArray<i32>(k + 1);
  stackFirst = new StaticArray<i32>(k + 1);
  stackEnd = new StaticArray<i32>(k + 1);
  whole = new StaticArray<f64>(measureCount);
  near = new StaticArray<f64>(measureCount);
}

/** Whether the problem is one for this: several measures, contiguous territories, and nobody's home to stay near to. */
export function fitsEquitableParts(): bool {
  if (measureCount < 2 || !contiguous || hasDemands()) return false;
  for (let t = 0; t < territoryCount; t++) if (fixedCenter[4 * t + 3] != 0) return false;
  return true;
}

/** Begins to divide all movable units among all open territories; prices, which did not balance, are forgotten. */
export function beginEquitableParts(): void {
  resetPrices();
  let units = 0;
  let territories = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t]) open[territories++] = t;
  for (let u = 0; u < unitCount; u++) {
    assignment[u] = initial[u];
    if (initial[u] < 0) order[units++] = u;
  }
  depth = 0;
  if (territories > 0) push(0, units, 0, territories);
  if (depth > 0) beginPart();
}

function push(from: i32, to: i32, first: i32, end: i32): void {
  if (end - first == 1) {
    for (let i = from; i < to; i++) assignment[order[i]] = open[first];
    return;
  }
  stackFrom[depth] = from;
  stackTo[depth] = to;
  stackFirst[depth] = first;
  stackEnd[depth] = end;
  depth++;
}

/** Sums the part on top of the stack and lays two axes across it. */
function beginPart(): void {
  const M = measureCount;
  const from = stackFrom[depth - 1];
  const to = stackTo[depth - 1];
  tried = 0;
  bestOff = Infinity;
  bestSpread = Infinity;
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
  // the longest way from the middle, and the longest across it
  longest(from, to, x, y, z, 0);
  longest(from, to, x, y, z, 3);
}

/** Writes the unit vector to the unit farthest from the middle as axis `at`; across the first axis for the second. */
function longest(from: i32, to: i32, x: f64, y: f64, z: f64, at: i32): void {
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
    const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (length <= most) continue;
    most = length;
    const scale = length > 0 ? 1 / length : 0;
    axes[at] = dx * scale;
    axes[at + 1] = dy * scale;
    axes[at + 2] = dz * scale;
  }
}

/** Share of measure `m` that the territories on the near side should have. */
function nearShare(m: i32, middle: i32): f64 {
  const M = measureCount;
  let side: f64 = 0;
  let all: f64 = 0;
  for (let i = stackFirst[depth - 1]; i < stackEnd[depth - 1]; i++) {
    const amount = target[open[i] * M + m];
    all += amount;
    if (i < middle) side += amount;
  }
  return all > 0 ? side / all : 0.5;
}

/** Reorders the part so that its near side in direction `angle` comes first, with its share of the first measure. */
function cutAt(angle: f64, middle: i32): void {
  const M = measureCount;
  const from = stackFrom[depth - 1];
  const to = stackTo[depth - 1];
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const x = c * axes[0] + s * axes[3];
  const y = c * axes[1] + s * axes[4];
  const z = c * axes[2] + s * axes[5];
  for (let i = from; i < to; i++) {
    const u = order[i];
    key[u] = x * place[4 * u] + y * place[4 * u + 1] + z * place[4 * u + 2];
  }
  const wanted = whole[0] * nearShare(0, middle);
  let lo = from;
  let hi = to;
  let before: f64 = 0;
  // weighted quickselect with three ways, so that equal keys end it
  while (lo < hi) {
    const pivot = key[order[lo + below(hi - lo)]];
    let less = lo;
    let more = hi;
    let sum: f64 = 0;
    let same: f64 = 0;
    for (let i = lo; i < more; ) {
      const u = order[i];
      if (key[u] < pivot) {
        sum += activity[u * M];
        order[i++] = order[less];
        order[less++] = u;
      } else if (key[u] > pivot) {
        order[i] = order[--more];
        order[more] = u;
      } else {
        same += activity[u * M];
        i++;
      }
    }
    if (before + sum > wanted) hi = less;
    else if (before + sum + same > wanted) {
      before += sum;
      lo = less;
      while (lo < more && before + 0.5 * activity[order[lo] * M] < wanted) before += activity[order[lo++] * M];
      break;
    } else {
      before += sum + same;
      lo = more;
    }
  }
  const first = stackFirst[depth - 1];
  cut = min(max(lo, from + (middle - first)), to - (stackEnd[depth - 1] - middle));
}

/** Worst distance of a near side's share from what it should be, over the other measures. */
function offNow(middle: i32): f64 {
  const M = measureCount;
  near.fill(0);
  for (let i = stackFrom[depth - 1]; i < cut; i++) for (let m = 0; m < M; m++) near[m] += activity[order[i] * M + m];
  let worst: f64 = 0;
  for (let m = 0; m < M; m++) if (whole[m] > 0) worst = max(worst, Math.abs(near[m] / whole[m] - nearShare(m, middle)));
  return worst;
}

/** Inertia of both sides. */
function spreadNow(): f64 {
  return spreadOf(stackFrom[depth - 1], cut) + spreadOf(cut, stackTo[depth - 1]);
}

function spreadOf(from: i32, to: i32): f64 {
  let w: f64 = 0;
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  let q: f64 = 0;
  for (let i = from; i < to; i++) {
    const u = order[i];
    const p = place[4 * u + 3];
    const px = place[4 * u];
    const py = place[4 * u + 1];
    const pz = place[4 * u + 2];
    w += p;
    x += p * px;
    y += p * py;
    z += p * pz;
    q += p * (px * px + py * py + pz * pz);
  }
  return w > 0 ? q - (x * x + y * y + z * z) / w : 0;
}

/** Works on it; returns the effort left, more than 0 once every unit has its territory. */
export function divideSome(effort: i32): i32 {
  while (effort > 0) {
    if (depth == 0) return effort;
    const first = stackFirst[depth - 1];
    const end = stackEnd[depth - 1];
    const middle = first + ((end - first) >> 1);
    effort -= 1 + ((stackTo[depth - 1] - stackFrom[depth - 1]) >> 2);
    if (tried < DIRECTIONS + REFINEMENTS) {
      const step = (2 * Math.PI) / <f64>DIRECTIONS;
      const finer = tried - DIRECTIONS;
      const angle =
        finer < 0
          ? (<f64>tried + unitInterval()) * step
          : bestAngle + ((finer & 1) == 0 ? 1 : -1) * step * Math.exp(-0.6 * <f64>(finer >> 1));
      tried++;
      cutAt(angle, middle);
      const off = max(EVEN, offNow(middle));
      const spread = spreadNow();
      if (off < bestOff || (off == bestOff && spread < bestSpread)) {
        bestOff = off;
        bestSpread = spread;
        bestAngle = angle;
      }
      continue;
    }
    cutAt(bestAngle, middle);
    const from = stackFrom[depth - 1];
    const to = stackTo[depth - 1];
    const at = cut;
    depth--;
    push(from, at, first, middle);
    push(at, to, middle, end);
    if (depth > 0) beginPart();
  }
  return 0;
}
