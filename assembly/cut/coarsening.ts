// One coarser level: vertices join clusters of limited size, heavy and round ones first (size-constrained clustering:
// Meyerhenke, Sanders, Schulz 2014; the rating conn² / size product: Holtgrewe, Sanders, Schulz 2010), and every cluster
// becomes a vertex. No edge is contracted that is cut in the plan or, when two plans are combined, in the other parent
// (Sanders, Schulz 2012), so that both plans live on at every level. Works in steps.

import { locked, measureCount, target, territoryCount, unitCount } from '../problem';
import { below, nextU32 } from '../rng';
import {
  addLevel,
  adjacent,
  amount,
  dropLevel,
  edgeWeight,
  firstSlot,
  held,
  levelCount,
  levelEnd,
  levelFirst,
  MOST_LEVELS,
  otherPart,
  parent,
  part,
  slotCapacity,
  unitsIn,
  vertexCapacity,
} from './levels';
import { orderNeighbors } from './order-neighbors';

const IDLE: i32 = 0;
const CLUSTER: i32 = 1;
const CONTRACT: i32 = 2;
const ORDER: i32 = 3;

let stage: i32 = IDLE;
let cursor: i32 = 0;
/** The visiting order of the vertices: first + (start + i · stride) mod count. */
let stride: i32 = 1;
let strideStart: i32 = 0;
/** Root of the cluster per vertex, −1 before it has one; units and activity of a cluster at its root. */
let root: StaticArray<i32> = new StaticArray<i32>(0);
let clusterUnits: StaticArray<i32> = new StaticArray<i32>(0);
let clusterAmount: StaticArray<f64> = new StaticArray<f64>(0);
/** Connection of the present vertex to a cluster; which clusters have one. */
let connection: StaticArray<f32> = new StaticArray<f32>(0);
let touched: StaticArray<i32> = new StaticArray<i32>(0);
/** Coarse vertex that last met this one. */
let metBy: StaticArray<i32> = new StaticArray<i32>(0);
/** Members per coarse vertex: member[memberFirst[c] … memberFirst[c + 1]). */
let memberFirst: StaticArray<i32> = new StaticArray<i32>(0);
let member: StaticArray<i32> = new StaticArray<i32>(0);
let amountLimit: StaticArray<f64> = new StaticArray<f64>(0);
let unitLimit: i32 = 0;
let nextSlot: i32 = 0;

/** Members that a cluster may gather, in mean vertices of its level. */
const GATHER: f64 = 4;
/** Most activity of a cluster, as a share of the least target. */
const MOST_OF_TARGET: f64 = 0.06;
/** A level that shrinks to no less than this is not worth having. */
const LEAST_SHRINK: f64 = 0.8;

export function allocateCoarsening(): void {
  root = new StaticArray<i32>(vertexCapacity);
  clusterUnits = new StaticArray<i32>(vertexCapacity);
  clusterAmount = new StaticArray<f64>(vertexCapacity * measureCount);
  connection = new StaticArray<f32>(vertexCapacity);
  touched = new StaticArray<i32>(vertexCapacity);
  metBy = new StaticArray<i32>(vertexCapacity);
  memberFirst = new StaticArray<i32>(unitCount + 2);
  member = new StaticArray<i32>(unitCount);
  amountLimit = new StaticArray<f64>(measureCount);
}

/** Sets out to make a level coarser than the last one. */
export function beginCoarsening(): void {
  const first = levelFirst[levelCount - 1];
  const end = levelEnd[levelCount - 1];
  const count = end - first;
  unitLimit = <i32>Math.ceil((GATHER * <f64>unitCount) / <f64>count);
  for (let m = 0; m < measureCount; m++) {
    let least = Infinity;
    for (let t = 0; t < territoryCount; t++) {
      const wanted = target[t * measureCount + m];
      if (wanted > 0 && !locked[t]) least = min(least, wanted);
    }
    amountLimit[m] = MOST_OF_TARGET * least;
  }
  for (let v = first; v < end; v++) root[v] = -1;
  metBy.fill(-1);
  stride = 1 + below(count);
  while (greatestDivisor(stride, count) != 1) stride = stride == count ? 1 : stride + 1;
  strideStart = below(count);
  cursor = 0;
  stage = CLUSTER;
}

function greatestDivisor(a: i32, b: i32): i32 {
  while (b != 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/** What `coarsenSome` says: more to do, a level was added, or none is worth it. */
export const COARSENING: i32 = 0;
export const LEVEL_ADDED: i32 = 1;
export const COARSE_ENOUGH: i32 = 2;

/** Works on `count` vertices. */
export function coarsenSome(count: i32): i32 {
  const l = stage == CLUSTER ? levelCount - 1 : levelCount - 2;
  const first = levelFirst[l];
  const end = levelEnd[l];
  if (stage == CLUSTER) {
    const stop = min(end - first, cursor + count);
    for (; cursor < stop; cursor++) {
      const v = first + <i32>((<u64>strideStart + <u64>cursor * <u64>stride) % <u64>(end - first));
      if (root[v] < 0) joinBest(v);
    }
    if (cursor < end - first) return COARSENING;
    cursor = 0;
    if (!numberClusters(first, end)) {
      stage = IDLE;
      return COARSE_ENOUGH;
    }
    stage = CONTRACT;
    return COARSENING;
  }
  const coarse = levelFirst[l + 1];
  const coarseCount = levelEnd[l + 1] - coarse;
  const stop = min(coarseCount, cursor + count);
  if (stage == CONTRACT) {
    for (; cursor < stop; cursor++) {
      if (!contract(coarse + cursor, memberFirst[cursor], memberFirst[cursor + 1])) {
        // the pool is full: go on with the levels there are
        dropLevel();
        stage = IDLE;
        return COARSE_ENOUGH;
      }
    }
    if (cursor < coarseCount) return COARSENING;
    cursor = 0;
    stage = ORDER;
    return COARSENING;
  }
  orderNeighbors(coarse + cursor, coarse + stop);
  cursor = stop;
  if (cursor < coarseCount) return COARSENING;
  stage = IDLE;
  return LEVEL_ADDED;
}

/** Whether u and v are together in every plan that must live on. */
// @ts-ignore: decorator
@inline
function together(u: i32, v: i32): bool {
  return part[u] == part[v] && otherPart[u] == otherPart[v] && held[u] == held[v];
}

/** Vertex `v` joins the cluster to which it is bound most for its size, or founds its own. */
function joinBest(v: i32): void {
  const M = measureCount;
  let found = 0;
  for (let e = firstSlot[v], end = firstSlot[v + 1]; e < end; e++) {
    const w = adjacent[e];
    if (!together(v, w)) continue;
    const c = root[w] < 0 ? w : root[w];
    if (connection[c] == 0) touched[found++] = c;
    // links of no weight bind a little, so that they are contracted as well
    connection[c] += edgeWeight[e] + <f32>1e-6;
  }
  let best = -1;
  let highest: f64 = 0;
  for (let i = 0; i < found; i++) {
    const c = touched[i];
    const bound = <f64>connection[c];
    connection[c] = 0;
    const fresh = root[c] < 0;
    const units = fresh ? unitsIn[c] : clusterUnits[c];
    if (units + unitsIn[v] > unitLimit) continue;
    let fits = true;
    for (let m = 0; m < M; m++) {
      const there = fresh ? amount[c * M + m] : clusterAmount[c * M + m];
      if (there + amount[v * M + m] > amountLimit[m]) fits = false;
    }
    if (!fits) continue;
    // a little chance breaks ties, which are the rule on lattices
    const rating = ((bound * bound) / <f64>units) * (1 + <f64>(nextU32() & 1023) * 1e-4);
    if (rating > highest) {
      highest = rating;
      best = c;
    }
  }
  if (best < 0) {
    foundCluster(v);
    return;
  }
  if (root[best] < 0) foundCluster(best);
  root[v] = best;
  clusterUnits[best] += unitsIn[v];
  for (let m = 0; m < M; m++) clusterAmount[best * M + m] += amount[v * M + m];
}

/** Vertex `v` becomes the root of a cluster of its own. */
function foundCluster(v: i32): void {
  const M = measureCount;
  root[v] = v;
  clusterUnits[v] = unitsIn[v];
  for (let m = 0; m < M; m++) clusterAmount[v * M + m] = amount[v * M + m];
}

/** Numbers the clusters as vertices of a new level and lists their members. False when there are too many. */
function numberClusters(first: i32, end: i32): bool {
  const M = measureCount;
  let count = 0;
  for (let v = first; v < end; v++) if (root[v] == v) count++;
  if (
    levelCount == MOST_LEVELS ||
    <f64>count > LEAST_SHRINK * <f64>(end - first) ||
    end + 2 + count > vertexCapacity
  ) {
    return false;
  }
  addLevel(count);
  const coarse = end + 1;
  let next = coarse;
  for (let v = first; v < end; v++) if (root[v] == v) parent[v] = next++;
  for (let i = 0; i <= count + 1; i++) memberFirst[i] = 0;
  for (let v = first; v < end; v++) {
    parent[v] = parent[root[v]];
    memberFirst[parent[v] - coarse + 2]++;
  }
  for (let i = 2; i <= count + 1; i++) memberFirst[i] += memberFirst[i - 1];
  for (let v = first; v < end; v++) member[memberFirst[parent[v] - coarse + 1]++] = v;
  for (let v = first; v < end; v++) {
    if (root[v] != v) continue;
    const c = parent[v];
    unitsIn[c] = clusterUnits[v];
    held[c] = held[v];
    part[c] = part[v];
    otherPart[c] = otherPart[v];
    for (let m = 0; m < M; m++) amount[c * M + m] = clusterAmount[v * M + m];
  }
  nextSlot = firstSlot[end];
  firstSlot[coarse] = nextSlot;
  return true;
}

/** Writes the slots of coarse vertex `c`, whose members are member[from … to). False when the pool is full. */
function contract(c: i32, from: i32, to: i32): bool {
  let found = 0;
  for (let i = from; i < to; i++) {
    for (let e = firstSlot[member[i]], end = firstSlot[member[i] + 1]; e < end; e++) {
      const d = parent[adjacent[e]];
      if (d == c) continue;
      // edges may weigh nothing, so a mark of its own tells which clusters were met
      if (metBy[d] != c) {
        metBy[d] = c;
        touched[found++] = d;
      }
      connection[d] += edgeWeight[e];
    }
  }
  const fits = nextSlot + found <= slotCapacity;
  for (let i = 0; i < found; i++) {
    const d = touched[i];
    if (fits) {
      adjacent[nextSlot] = d;
      edgeWeight[nextSlot++] = connection[d];
    }
    connection[d] = 0;
  }
  firstSlot[c + 1] = nextSlot;
  return fits;
}
