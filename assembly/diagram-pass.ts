// One pass over the power diagram: loads, moments, dual value and its second derivative, or the assignment itself. It
// walks down the tree of units with the territories that may still win there. Between two centres the difference of
// power distances is affine, so that over a ball of radius r about x one beats the other everywhere when it does so at x
// by more than 2 r |c − c'| (branch and bound; for k-means: Pelleg, Moore 1999). A node with one territory left counts as
// a whole. Near a border a unit counts towards both sides, by the part of a strip as wide as the unit that lies beyond
// the bisector: this makes the dual smooth (Kitagawa, Mérigot, Thibert 2019 have a density instead).

import { givenCost, hasMatrix, usualGap } from './cost-matrix';
import { addToPair, clearPairs } from './border-pairs';
import { hasPermits, maskedCount, maskedUnit, mayServe, permitAllowed, permitRow } from './permits';
import { heldMoment, present, presentCount, price } from './power-diagram';
import { initial, territoryCount, unitCount } from './problem';
import { addLandNode, addLandUnit, addToRing, clearLand, closeRing, inRegion, land, landCount, regional } from './region';
import {
  leafLevel,
  levelOf,
  nodeBall,
  nodeBegin,
  nodeSpacing,
  openNodeSum,
  openSum,
  treePlace,
  treePoint,
  treeSum,
  treeUnit,
  treeUnits,
} from './spatial-tree';
import { assignment, center } from './tally';

/** Mass and weight moments (x, y, z, weight) per territory of the pass, and how many nodes or units it won. */
export let massLoad: StaticArray<f64> = new StaticArray<f64>(0);
export let passMoment: StaticArray<f64> = new StaticArray<f64>(0);
export let won: StaticArray<i32> = new StaticArray<i32>(0);
/** Σ mass · (softmin power distance − |place|²) of the pass. */
export let passValue: f64 = 0;

/** Work of all passes since the run began, in moves. It tells the same however a run is cut into steps. */
export let searchWork: f64 = 0;

/** −2 c and |c|² − price per territory: a power distance less |u|² in three multiplications. */
let site: StaticArray<f64> = new StaticArray<f64>(0);

/** What the pass does: sums, writes the assignment, finds who borders on a region, or lists the region's land. */
const SUM: i32 = 0;
const WRITE: i32 = 1;
const RING: i32 = 2;
const LIST: i32 = 3;
let task: i32 = SUM;
/** Width of soft borders in spacings of the units. */
let softness: f64 = 1;
/** The same as a share of the distance between the two centres. */
let blur: f64 = 0;
/** Nodes of at most this mass count as one unit. */
let grain: f64 = 0;

/** Side of a square in radii of the circle around it: the spacing of nodes that count as units. */
const SIDE: f64 = 1.4142135623730951;

// The walk: nodes to visit, and where their candidates are listed.
let stackNode: StaticArray<i32> = new StaticArray<i32>(0);
let stackFrom: StaticArray<i32> = new StaticArray<i32>(0);
let stackTo: StaticArray<i32> = new StaticArray<i32>(0);
let depth: i32 = 0;
/** Whether the pass walks over the land of a region only, and how far it has come there. */
let onLand: bool = false;
let landAt: i32 = 0;
/** Units that the pass looks at one by one after the tree: the masked ones, or all where costs are given; and how far it is. */
let restCount: i32 = 0;
let restAt: i32 = 0;
let candidate: StaticArray<i32> = new StaticArray<i32>(0);
let distance: StaticArray<f64> = new StaticArray<f64>(0);

/** Candidate evaluations that cost as much as one move. */
const PER_MOVE: i32 = 16;
/** Who loses a place by less than a quarter of this share of the squared way between the centres, borders on it nearly. */
const NEARLY: f64 = 0.05;
/** What a visit costs beyond its candidates, in evaluations; and units written per evaluation. */
const PER_VISIT: i32 = 6;
const WRITTEN: i32 = 4;
/** Units that are looked at one by one in one go. */
const AT_ONCE: i32 = 64;

export function allocateDiagramPass(): void {
  const k = territoryCount;
  massLoad = new StaticArray<f64>(k);
  passMoment = new StaticArray<f64>(4 * k);
  won = new StaticArray<i32>(k);
  site = new StaticArray<f64>(4 * k);
  let levels = 3;
  while (unitCount >> levels > 0) levels++;
  stackNode = new StaticArray<i32>(levels + 2);
  stackFrom = new StaticArray<i32>(levels + 2);
  stackTo = new StaticArray<i32>(levels + 2);
  candidate = new StaticArray<i32>((levels + 2) * k);
  distance = new StaticArray<f64>(k);
}

/**
 * Sets how soft borders are, in spacings of the units and in distances between centres, and up to what mass a node
 * counts as one unit.
 */
export function setResolution(inSpacings: f64, inDistances: f64, coarsest: f64): void {
  softness = inSpacings;
  blur = inDistances;
  grain = coarsest;
}

export function resetSearchWork(): void {
  searchWork = 0;
}

function begin(what: i32): void {
  task = what;
  passValue = 0;
  clearPairs(presentCount);
  for (let i = 0; i < presentCount; i++) {
    const t = present[i];
    candidate[i] = t;
    massLoad[t] = 0;
    won[t] = 0;
    for (let d = 4 * t; d < 4 * t + 4; d++) passMoment[d] = heldMoment[d];
    const x = center[4 * t];
    const y = center[4 * t + 1];
    const z = center[4 * t + 2];
    site[4 * t] = -2 * x;
    site[4 * t + 1] = -2 * y;
    site[4 * t + 2] = -2 * z;
    site[4 * t + 3] = x * x + y * y + z * z - price[t];
  }
  depth = 0;
  landAt = 0;
  restCount = what >= RING ? 0 : hasMatrix ? treeUnits : hasPermits ? maskedCount : 0;
  restAt = 0;
  onLand = regional && what < RING;
  if (!onLand && treeUnits > 0 && presentCount > 0 && !hasMatrix) push(0, 0, presentCount);
}

/** Begins a pass that sums, with the present centres and prices. */
export function beginPass(): void {
  begin(SUM);
}

/** Begins a pass that writes the assignment of every unit in the tree, or of the region's land. */
export function beginWriting(): void {
  if (!regional && (treeUnits < unitCount || presentCount == 0)) for (let u = 0; u < unitCount; u++) assignment[u] = initial[u];
  setResolution(0, 0, 0);
  begin(WRITE);
}

/**
 * Adds to the region two rings of who borders on it, or nearly so, and lists the land that all of it wins among the territories
 * present, with nodes of mass `coarsest` as units.
 */
export function surveyRegion(coarsest: f64): void {
  setResolution(0, NEARLY, coarsest);
  begin(RING);
  while (passSome(i32.MAX_VALUE) == 0) {}
  closeRing();
  begin(RING);
  while (passSome(i32.MAX_VALUE) == 0) {}
  setResolution(0, 0, coarsest);
  clearLand();
  begin(LIST);
  while (passSome(i32.MAX_VALUE) == 0) {}
}

// @ts-ignore: decorator
@inline
function push(node: i32, from: i32, to: i32): void {
  stackNode[depth] = node;
  stackFrom[depth] = from;
  stackTo[depth++] = to;
}

/** Works on the pass; returns the effort left, more than 0 once the pass is whole. */
export function passSome(effort: i32): i32 {
  let left = effort < i32.MAX_VALUE / PER_MOVE ? effort * PER_MOVE : i32.MAX_VALUE;
  while (left > 0) {
    const atRest = depth == 0 && !enterLand();
    if (atRest && restAt == restCount) break;
    const cost = depth > 0 ? visit() : atRest ? visitRest() : visitLandUnit();
    left -= cost;
    searchWork += <f64>cost / <f64>PER_MOVE;
  }
  if (depth > 0 || (onLand && landAt < landCount) || restAt < restCount) return 0;
  return max(1, left / PER_MOVE);
}

/** Turns to the next piece of the region's land: a node is pushed, a unit is left to `visitLandUnit`. False at the end. */
// @ts-ignore: decorator
@inline
function enterLand(): bool {
  if (!onLand || landAt == landCount) return false;
  if (land[landAt] >= 0) push(land[landAt++], 0, presentCount);
  return true;
}

function visitLandUnit(): i32 {
  const at = ~land[landAt++];
  return visitLeaf(at, at + 1, 0, presentCount);
}

/**
 * Counts or writes some of the masked units, of one row, among the territories that may serve them; returns the cost. The
 * walk over the tree has given them to whoever is nearest and counted nothing of them.
 */
function visitMasked(): i32 {
  const row = permitRow[maskedUnit[restAt]];
  const from = presentCount;
  let to = from;
  for (let i = 0; i < presentCount; i++) {
    const t = candidate[i];
    if (permitAllowed[row * territoryCount + t]) candidate[to++] = t;
  }
  const begin = restAt;
  const end = min(restCount, begin + AT_ONCE);
  for (; restAt < end && permitRow[maskedUnit[restAt]] == row; restAt++) {
    const at = treePlace[maskedUnit[restAt]];
    const x = <f64>treePoint[4 * at];
    const y = <f64>treePoint[4 * at + 1];
    const z = <f64>treePoint[4 * at + 2];
    findCheapest(x, y, z, from, to);
    if (task == WRITE) {
      assignment[maskedUnit[restAt]] = first;
      continue;
    }
    if (first < 0) continue;
    const m = <f64>treeSum[4 * at];
    const w = <f64>treeSum[4 * at + 1];
    countShared(shareOfSecond(m, <f64>treeSum[4 * at + 2], from, to), m, w, w * x, w * y, w * z);
  }
  return presentCount + (restAt - begin) * (2 + to - from);
}

function visitRest(): i32 {
  return hasMatrix ? visitGiven() : visitMasked();
}

/** Counts or writes some units by the costs that are given; returns the cost. */
function visitGiven(): i32 {
  const begin = restAt;
  const end = min(restCount, begin + AT_ONCE);
  const width = usualGap * (softness * 2 * Math.sqrt(<f64>territoryCount / <f64>treeUnits) + 0.5 * blur);
  for (; restAt < end; restAt++) {
    const u = treeUnit(restAt);
    first = -1;
    second = -1;
    firstDistance = Infinity;
    let secondDistance = Infinity;
    for (let i = 0; i < presentCount; i++) {
      const t = candidate[i];
      if (!mayServe(u, t)) continue;
      const d = givenCost(u, t) - price[t];
      if (d < firstDistance) {
        second = first;
        secondDistance = firstDistance;
        first = t;
        firstDistance = d;
      } else if (d < secondDistance) {
        second = t;
        secondDistance = d;
      }
    }
    if (task == WRITE) {
      assignment[u] = first;
      continue;
    }
    if (first < 0) continue;
    const m = <f64>treeSum[4 * restAt];
    const apart = secondDistance - firstDistance;
    const share = apart < width ? 0.5 * (1 - apart / width) : 0;
    passValue += m * (firstDistance - width * share * share);
    if (share > 0 && m > 0) addToPair(first, second, (0.5 * m) / width);
    const w = <f64>treeSum[4 * restAt + 1];
    const at = 4 * restAt;
    countShared(share, m, w, w * <f64>treePoint[at], w * <f64>treePoint[at + 1], w * <f64>treePoint[at + 2]);
  }
  return (restAt - begin) * (2 + presentCount);
}

/** Visits the next node; returns what it cost in evaluations. */
function visit(): i32 {
  const node = stackNode[--depth];
  const from = stackFrom[depth];
  const to = stackTo[depth];
  const ball = changetype<usize>(nodeBall) + (<usize>node << 5);
  const x = load<f64>(ball);
  const y = load<f64>(ball, 8);
  const z = load<f64>(ball, 16);
  const sites = changetype<usize>(site);
  let best = -1;
  let least = Infinity;
  for (let i = from; i < to; i++) {
    const t = candidate[i];
    const at = sites + (<usize>t << 5);
    const d = x * load<f64>(at) + y * load<f64>(at, 8) + z * load<f64>(at, 16) + load<f64>(at, 24);
    distance[i - from] = d;
    if (d < least) {
      least = d;
      best = t;
    }
  }
  // |site − site'| is twice the distance of the centres
  const radius = load<f64>(ball, 24);
  const slack = radius + 0.5 * softness * (grain > 0 ? max(SIDE * radius, <f64>nodeSpacing[node]) : <f64>nodeSpacing[node]);
  const bound = slack * slack;
  const own = sites + (<usize>best << 5);
  let end = to;
  for (let i = from; i < to; i++) {
    const t = candidate[i];
    const at = sites + (<usize>t << 5);
    const dx = load<f64>(at) - load<f64>(own);
    const dy = load<f64>(at, 8) - load<f64>(own, 8);
    const dz = load<f64>(at, 16) - load<f64>(own, 16);
    const apart = dx * dx + dy * dy + dz * dz;
    const behind = distance[i - from] - least - 0.25 * blur * apart;
    if (behind <= 0 || behind * behind <= bound * apart) candidate[end++] = t;
  }
  const cost = PER_VISIT + to - from;
  const level = levelOf(node);
  const j = node + 1 - (1 << level);
  if (end == to + 1) {
    if (task == WRITE) return cost + writeRange(nodeBegin(level, j), nodeBegin(level, j + 1), best);
    if (task == SUM) countNode(node, best);
    else if (task == LIST && inRegion[best]) addLandNode(node);
    return cost;
  }
  if (task >= RING && !anyInRegion(to, end)) return cost;
  if (task == RING && (openNodeSum[8 * node] <= grain || level == leafLevel)) {
    for (let i = to; i < end; i++) addToRing(candidate[i]);
    return cost + end - to;
  }
  if (task != WRITE && openNodeSum[8 * node] <= grain) {
    shareNode(node, to, end);
    return cost + end - to;
  }
  if (level == leafLevel) return cost + visitLeaf(nodeBegin(level, j), nodeBegin(level, j + 1), to, end);
  push(2 * node + 2, to, end);
  push(2 * node + 1, to, end);
  return cost;
}

/** Whether any of the candidates in [from, to) is of the region. */
function anyInRegion(from: i32, to: i32): bool {
  for (let i = from; i < to; i++) if (inRegion[candidate[i]] == 1) return true;
  return false;
}

/** Gives the units in [from, to) of the tree order to `t`; returns the cost. */
function writeRange(from: i32, to: i32, t: i32): i32 {
  for (let i = from; i < to; i++) assignment[treeUnit(i)] = t;
  return (to - from) / WRITTEN;
}

function countNode(node: i32, t: i32): void {
  const sum = changetype<usize>(openNodeSum) + (<usize>node << 6);
  const own = changetype<usize>(site) + (<usize>t << 5);
  const m = load<f64>(sum);
  massLoad[t] += m;
  won[t]++;
  passValue +=
    m * load<f64>(own, 24) +
    load<f64>(sum, 8) * load<f64>(own) +
    load<f64>(sum, 16) * load<f64>(own, 8) +
    load<f64>(sum, 24) * load<f64>(own, 16);
  passMoment[4 * t] += load<f64>(sum, 40);
  passMoment[4 * t + 1] += load<f64>(sum, 48);
  passMoment[4 * t + 2] += load<f64>(sum, 56);
  passMoment[4 * t + 3] += load<f64>(sum, 32);
}

/** The cheapest candidate of the last place that was looked at, and the one that shares it most. */
let first: i32 = -1;
let second: i32 = -1;
let firstDistance: f64 = 0;

/** Finds the cheapest of the candidates in [from, to) at a place. */
// @ts-ignore: decorator
@inline
function findCheapest(x: f64, y: f64, z: f64, from: i32, to: i32): void {
  first = -1;
  firstDistance = Infinity;
  for (let i = from; i < to; i++) {
    const t = candidate[i];
    const at = changetype<usize>(site) + (<usize>t << 5);
    const d = x * load<f64>(at) + y * load<f64>(at, 8) + z * load<f64>(at, 16) + load<f64>(at, 24);
    distance[i - from] = d;
    if (d < firstDistance) {
      first = t;
      firstDistance = d;
    }
  }
}

/**
 * Part of a place of the given spacing that belongs to `second`; notes what it does to the dual. Of several that could
 * share the place the one that lowers the dual most does: a least of concave functions is concave.
 */
function shareOfSecond(m: f64, spacing: f64, from: i32, to: i32): f64 {
  const own = changetype<usize>(site) + (<usize>first << 5);
  const strip = 0.5 * softness * spacing;
  let most: f64 = 0;
  let share: f64 = 0;
  let slope: f64 = 0;
  second = -1;
  for (let i = from; i < to; i++) {
    const t = candidate[i];
    const at = changetype<usize>(site) + (<usize>t << 5);
    const dx = load<f64>(at) - load<f64>(own);
    const dy = load<f64>(at, 8) - load<f64>(own, 8);
    const dz = load<f64>(at, 16) - load<f64>(own, 16);
    const square = dx * dx + dy * dy + dz * dz;
    const apart = distance[i - from] - firstDistance;
    const width = strip * Math.sqrt(square) + 0.25 * blur * square;
    if (apart >= width || t == first) continue;
    const part = 0.5 * (1 - apart / width);
    const gain = width * part * part;
    if (gain <= most) continue;
    most = gain;
    share = part;
    slope = 0.5 / width;
    second = t;
  }
  passValue += m * (firstDistance - most);
  if (m > 0 && second >= 0) addToPair(first, second, m * slope);
  return share;
}

/** Counts mass m and weight w with moments about the two cheapest territories. */
// @ts-ignore: decorator
@inline
function countShared(share: f64, m: f64, w: f64, wx: f64, wy: f64, wz: f64): void {
  const keep = 1 - share;
  const a = 4 * first;
  massLoad[first] += keep * m;
  won[first]++;
  passMoment[a] += keep * wx;
  passMoment[a + 1] += keep * wy;
  passMoment[a + 2] += keep * wz;
  passMoment[a + 3] += keep * w;
  if (share <= 0) return;
  const b = 4 * second;
  massLoad[second] += share * m;
  won[second]++;
  passMoment[b] += share * wx;
  passMoment[b + 1] += share * wy;
  passMoment[b + 2] += share * wz;
  passMoment[b + 3] += share * w;
}

/** Counts a light node as one unit at the centre of its mass. */
function shareNode(node: i32, from: i32, to: i32): void {
  const ball = 4 * node;
  const sum = 8 * node;
  const m = openNodeSum[sum];
  const scale = m > 0 ? 1 / m : 0;
  const x = m > 0 ? openNodeSum[sum + 1] * scale : nodeBall[ball];
  const y = m > 0 ? openNodeSum[sum + 2] * scale : nodeBall[ball + 1];
  const z = m > 0 ? openNodeSum[sum + 3] * scale : nodeBall[ball + 2];
  findCheapest(x, y, z, from, to);
  if (task == LIST) {
    if (inRegion[first]) addLandNode(node);
    return;
  }
  const share = shareOfSecond(m, max(SIDE * nodeBall[ball + 3], <f64>nodeSpacing[node]), from, to);
  countShared(share, m, openNodeSum[sum + 4], openNodeSum[sum + 5], openNodeSum[sum + 6], openNodeSum[sum + 7]);
}

/** Counts or writes the units in [lo, hi) of the tree order one by one; returns the cost. */
function visitLeaf(lo: i32, hi: i32, from: i32, to: i32): i32 {
  for (let i = lo; i < hi; i++) {
    const x = <f64>treePoint[4 * i];
    const y = <f64>treePoint[4 * i + 1];
    const z = <f64>treePoint[4 * i + 2];
    findCheapest(x, y, z, from, to);
    if (task == WRITE) {
      assignment[treeUnit(i)] = first;
      continue;
    }
    if (task == LIST) {
      if (inRegion[first]) addLandUnit(i);
      continue;
    }
    const m = <f64>openSum[4 * i];
    const w = <f64>openSum[4 * i + 1];
    countShared(shareOfSecond(m, <f64>openSum[4 * i + 2], from, to), m, w, w * x, w * y, w * z);
  }
  return (hi - lo) * (2 + to - from);
}
