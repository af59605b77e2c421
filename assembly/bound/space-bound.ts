// The least value of a territory about any point of space, from below. The cost of a fixed set of items of worth W about
// the centre c is a quadratic of curvature W (Huygens), and the value is the least of these over all sets, so value − P|c|²
// is concave where P is the most worth a territory may hold: over a box of side h it is at least what its corners say,
// and the value is at least the least corner's less P · h²/4 per axis. Plain distances change by no more than P per km.
// Boxes are halved level by level until they cannot hold a value that is lower by more than a tolerance (branch and bound).

import { freshArray } from '../fresh-array';
import { originX, originY, originZ, power, sphereRadius, territoryCount, unitCenters } from '../problem';
import { classLower, classUpper, distanceKind, itemCount, looseSize, SQUARE } from './items';
import { boxSide, leastRatio, mostRatio, totalWorth } from './item-tree';
import { spend, work } from './work';
import { knapsackPrice, knapsackValue, solveKnapsack } from './knapsack';

/** Corners are points of a lattice of 2^DEEPEST steps per side of the root. */
const DEEPEST: i32 = 20;
/** Room for boxes and for values of corners: so much for few territories, and for so many the next power of two. */
const BOXES: i32 = 1 << 16;
const CORNERS: i32 = 1 << 18;
const FEW_TERRITORIES: i32 = 256;
let boxes: i32 = 0;
let corners: i32 = 0;
const MOST_FACTOR: i32 = 8;

/** Open boxes of this level and the next: lattice place (three times 21 bits) and a price near its solution. */
let box: StaticArray<u64> = new StaticArray<u64>(0);
let boxPrice: StaticArray<f32> = new StaticArray<f32>(0);
let boxBound: StaticArray<f64> = new StaticArray<f64>(0);
let nextBox: StaticArray<u64> = new StaticArray<u64>(0);
let nextPrice: StaticArray<f32> = new StaticArray<f32>(0);
let nextBound: StaticArray<f64> = new StaticArray<f64>(0);
let openCount: i32 = 0;
let nextCount: i32 = 0;
let cursor: i32 = 0;
let level: i32 = 0;

/** Values of corners by lattice place, and the prices at their solutions: a hash table with open addressing. */
let cornerKey: StaticArray<u64> = new StaticArray<u64>(0);
let cornerValue: StaticArray<f64> = new StaticArray<f64>(0);
let cornerPrice: StaticArray<f32> = new StaticArray<f32>(0);
let cornerCount: i32 = 0;

let side: f64 = 0;
let flat0: bool = false;
let flat1: bool = false;
let flat2: bool = false;
let dimensions: i32 = 0;
let lowLoad: f64 = 0;
let highLoad: f64 = 0;
let mostWorth: f64 = 0;
let innermost: f64 = 0;
let outermost: f64 = 0;
let kind: i32 = 0;
let scale: f64 = 1;
let tolerance: f64 = 0;
/** Least value seen at a point, and where; and the least that a closed box can hold. */
export let leastSeen: f64 = Infinity;
export let leastX: f64 = 0;
export let leastY: f64 = 0;
export let leastZ: f64 = 0;
let leastClosed: f64 = Infinity;

/** Points found that no centre at work was as cheap as: x, y, z each, and how far apart they are at least, squared. */
export let foundCount: i32 = 0;
export let found: StaticArray<f64> = new StaticArray<f64>(0);
const MOST_FOUND: i32 = 400;
let apart: f64 = 0;
let wanted: f64 = 0;
/** Distance of such points relative to a typical one. */
const APART: f64 = 0.02;

/** Rounding of positions on the sphere, km. */
const SPHERE_SLACK: f64 = 1e-4;

export function allocateSpaceBound(): void {
  let factor = 1;
  while (factor * FEW_TERRITORIES < territoryCount && factor < MOST_FACTOR) factor *= 2;
  boxes = factor * BOXES;
  corners = factor * CORNERS;
  box = freshArray<u64>(boxes);
  boxPrice = freshArray<f32>(boxes);
  boxBound = freshArray<f64>(boxes);
  nextBox = freshArray<u64>(boxes);
  nextPrice = freshArray<f32>(boxes);
  nextBound = freshArray<f64>(boxes);
  cornerKey = freshArray<u64>(corners);
  cornerValue = freshArray<f64>(corners);
  cornerPrice = freshArray<f32>(corners);
  found = new StaticArray<f64>(3 * MOST_FOUND);
}

/**
 * Begins to search all space for class `c`. `seen` is a value that some point has, `cost` the most that a plan of use
 * may cost, `typical` a usual distance term; boxes that cannot hold less than the least seen less `accuracy` are closed.
 */
export function beginSpaceBound(c: i32, seen: f64, cost: f64, typical: f64, accuracy: f64): void {
  kind = distanceKind(false);
  scale = typical;
  tolerance = accuracy;
  lowLoad = classLower[c];
  highLoad = classUpper[c];
  mostWorth = highLoad < Infinity && leastRatio() > 0 ? min(totalWorth(), highLoad / leastRatio()) : totalWorth();
  const leastWorth = mostRatio() > 0 ? max(0, (lowLoad - looseSize) / mostRatio()) : 0;
  flat0 = boxSide(3) - boxSide(0) <= 0;
  flat1 = boxSide(4) - boxSide(1) <= 0;
  flat2 = boxSide(5) - boxSide(2) <= 0;
  dimensions = (flat0 ? 0 : 1) + (flat1 ? 0 : 1) + (flat2 ? 0 : 1);
  side = max(boxSide(3) - boxSide(0), max(boxSide(4) - boxSide(1), boxSide(5) - boxSide(2))) * (1 + 1e-9);
  innermost = 0;
  outermost = Infinity;
  if (sphereRadius > 0) {
    // a mean of points of a sphere lies inside of it, and the deeper the more its members cost: R² − |c|² per weight
    outermost = sphereRadius + SPHERE_SLACK;
    const ground = unitCenters || power == 1;
    const deepest = sphereRadius * sphereRadius - (leastWorth > 0 ? cost / leastWorth : Infinity);
    innermost = ground ? sphereRadius : deepest > 0 ? Math.sqrt(deepest) : 0;
    innermost -= SPHERE_SLACK;
  }
  cornerKey.fill(u64.MAX_VALUE);
  cornerCount = 0;
  leastSeen = seen;
  wanted = seen;
  foundCount = 0;
  apart = APART * (power == 2 ? typical : typical * typical);
  leastClosed = Infinity;
  level = 0;
  openCount = 0;
  nextCount = 0;
  cursor = 0;
  box[0] = 0;
  boxPrice[0] = 0;
  boxBound[0] = -Infinity;
  openCount = itemCount > 0 ? 1 : 0;
}

/** The least value that any point may have, as far as is known. */
export function leastBound(): f64 {
  let least = leastClosed;
  for (let i = cursor; i < openCount; i++) least = min(least, boxBound[i]);
  for (let i = 0; i < nextCount; i++) least = min(least, nextBound[i]);
  return least;
}

/** Works on the search until the work amounts to `until`; whether every box is closed or `limit` is spent. */
export function boundSpaceSome(until: f64, limit: f64): bool {
  while (work < until) {
    if (work >= limit) return true;
    if (cursor == openCount) {
      if (nextCount == 0) return true;
      deepen();
      continue;
    }
    const i = cursor;
    spend(1);
    if (boxBound[i] >= leastSeen - tolerance || level >= DEEPEST || nextCount + 8 > boxes || cornerCount + 64 > corners / 2) {
      leastClosed = min(leastClosed, boxBound[i]);
    } else halve(i);
    cursor++;
  }
  return false;
}

function deepen(): void {
  const b = box;
  box = nextBox;
  nextBox = b;
  const p = boxPrice;
  boxPrice = nextPrice;
  nextPrice = p;
  const v = boxBound;
  boxBound = nextBound;
  nextBound = v;
  openCount = nextCount;
  nextCount = 0;
  cursor = 0;
  level++;
}

/** Replaces box i by its halves along every axis that is not flat. */
function halve(i: i32): void {
  spend(16);
  const x = <i32>(box[i] & 0x1fffff);
  const y = <i32>((box[i] >> 21) & 0x1fffff);
  const z = <i32>(box[i] >> 42);
  const span = 1 << (DEEPEST - level - 1);
  let price = <f64>boxPrice[i];
  for (let part = 0; part < 8; part++) {
    if ((flat0 && (part & 1) != 0) || (flat1 && (part & 2) != 0) || (flat2 && (part & 4) != 0)) continue;
    const px = x + (part & 1 ? span : 0);
    const py = y + (part & 2 ? span : 0);
    const pz = z + (part & 4 ? span : 0);
    if (!mayHoldCenter(px, py, pz, span)) continue;
    const least = boxBound[i];
    const bound = max(least, kind == SQUARE ? boundByCorners(px, py, pz, span, price) : boundByMiddle(px, py, pz, span, price));
    price = lastPrice;
    nextBox[nextCount] = <u64>px | (<u64>py << 21) | (<u64>pz << 42);
    nextPrice[nextCount] = <f32>price;
    nextBound[nextCount++] = bound;
  }
}

// @ts-ignore: decorator
@inline
function unitsPerStep(): f64 {
  return side / <f64>(1 << DEEPEST);
}

/** Whether the box meets the bounding box of the items and the shell that centres lie in. */
function mayHoldCenter(x: i32, y: i32, z: i32, span: i32): bool {
  const step = unitsPerStep();
  const h = step * <f64>span;
  const lx = boxSide(0) + step * <f64>x;
  const ly = boxSide(1) + step * <f64>y;
  const lz = boxSide(2) + step * <f64>z;
  if (lx > boxSide(3) || ly > boxSide(4) || lz > boxSide(5)) return false;
  if (sphereRadius <= 0) return true;
  const hx = flat0 ? 0 : h;
  const hy = flat1 ? 0 : h;
  const hz = flat2 ? 0 : h;
  const ax = lx + originX;
  const ay = ly + originY;
  const az = lz + originZ;
  const nx = max(0, max(ax, -(ax + hx)));
  const ny = max(0, max(ay, -(ay + hy)));
  const nz = max(0, max(az, -(az + hz)));
  const fx = max(Math.abs(ax), Math.abs(ax + hx));
  const fy = max(Math.abs(ay), Math.abs(ay + hy));
  const fz = max(Math.abs(az), Math.abs(az + hz));
  return nx * nx + ny * ny + nz * nz <= outermost * outermost && fx * fx + fy * fy + fz * fz >= innermost * innermost;
}

let lastPrice: f64 = 0;

function boundByCorners(x: i32, y: i32, z: i32, span: i32, price: f64): f64 {
  lastPrice = price;
  let least = Infinity;
  for (let corner = 0; corner < 8; corner++) {
    if ((flat0 && (corner & 1) != 0) || (flat1 && (corner & 2) != 0) || (flat2 && (corner & 4) != 0)) continue;
    least = min(
      least,
      valueAt(x + (corner & 1 ? span : 0), y + (corner & 2 ? span : 0), z + (corner & 4 ? span : 0)),
    );
  }
  const h = unitsPerStep() * <f64>span;
  return least - 0.25 * <f64>dimensions * mostWorth * h * h;
}

function boundByMiddle(x: i32, y: i32, z: i32, span: i32, price: f64): f64 {
  const step = unitsPerStep();
  const half = 0.5 * step * <f64>span;
  lastPrice = price;
  priceAt(
    boxSide(0) + step * <f64>x + (flat0 ? 0 : half),
    boxSide(1) + step * <f64>y + (flat1 ? 0 : half),
    boxSide(2) + step * <f64>z + (flat2 ? 0 : half),
  );
  return knapsackValue - mostWorth * half * Math.sqrt(<f64>dimensions);
}

/** Prices a point, with the price of the last one as a guess. */
function priceAt(x: f64, y: f64, z: f64): void {
  solveKnapsack(x, y, z, lowLoad, highLoad, lastPrice, scale, kind);
  lastPrice = knapsackPrice;
  if (knapsackValue < wanted) noteFound(x, y, z);
  if (knapsackValue >= leastSeen) return;
  leastSeen = knapsackValue;
  leastX = x;
  leastY = y;
  leastZ = z;
}

function noteFound(x: f64, y: f64, z: f64): void {
  if (foundCount == MOST_FOUND) return;
  for (let i = 0; i < foundCount; i++) {
    const dx = found[3 * i] - x;
    const dy = found[3 * i + 1] - y;
    const dz = found[3 * i + 2] - z;
    if (dx * dx + dy * dy + dz * dz < apart) return;
  }
  found[3 * foundCount] = x;
  found[3 * foundCount + 1] = y;
  found[3 * foundCount++ + 2] = z;
}

/** Value at a lattice point, priced once. */
function valueAt(x: i32, y: i32, z: i32): f64 {
  const key = <u64>x | (<u64>y << 21) | (<u64>z << 42);
  let slot = <i32>((key * 0x9e3779b97f4a7c15) >> 43) & (corners - 1);
  while (cornerKey[slot] != u64.MAX_VALUE) {
    if (cornerKey[slot] == key) {
      lastPrice = <f64>cornerPrice[slot];
      return cornerValue[slot];
    }
    slot = (slot + 1) & (corners - 1);
  }
  const step = unitsPerStep();
  priceAt(boxSide(0) + step * <f64>x, boxSide(1) + step * <f64>y, boxSide(2) + step * <f64>z);
  cornerKey[slot] = key;
  cornerValue[slot] = knapsackValue;
  cornerPrice[slot] = <f32>knapsackPrice;
  cornerCount++;
  return knapsackValue;
}
