// Raises the smoothed dual of the pool by the limited-memory quasi-Newton method (L-BFGS: Nocedal 1980; Liu, Nocedal
// 1989) with a backtracking line search, at less and less smoothing. One value of the dual is one step of the search.

import { elements, partCost, partCount, words } from './part-pool';
import { dualGradient, dualValue, meanSize, measureDual, measureExcess, unitPrice } from './part-prices';
import { territoryCount } from './problem';

const MEMORY: i32 = 8;
/** Smoothings in costs of a territory, and the values taken at each; prices that are good already begin at a later one. */
const SMOOTHING: StaticArray<f64> = [0.03, 0.01, 0.003, 0.001];
const VALUES: StaticArray<i32> = [20, 20, 30, 20];
const STAGES: i32 = 4;
const GOOD_STAGE: i32 = 1;
const SUFFICIENT: f64 = 1e-4;
const SHORTEST: f64 = 1e-4;

/** Accepted prices, the dual there and its gradient; the direction from there and its slope. */
let point: StaticArray<f64> = new StaticArray<f64>(0);
let gradient: StaticArray<f64> = new StaticArray<f64>(0);
let direction: StaticArray<f64> = new StaticArray<f64>(0);
let value: f64 = 0;
let slope: f64 = 0;
let step: f64 = 1;
/** Differences of points and gradients, MEMORY rows, the newest at (pairs − 1) % MEMORY. */
let movedBy: StaticArray<f64> = new StaticArray<f64>(0);
let bentBy: StaticArray<f64> = new StaticArray<f64>(0);
const curvature: StaticArray<f64> = new StaticArray<f64>(MEMORY);
const weightOf: StaticArray<f64> = new StaticArray<f64>(MEMORY);
let pairs: i32 = 0;
let stage: i32 = 0;
let taken: i32 = 0;
let unit: f64 = 1;
/** What a plan from the pool costs at most. */
let dearest: f64 = 0;
export let ascentDone: bool = true;

export function allocatePriceAscent(): void {
  const size = words > 0 ? elements : 0;
  point = new StaticArray<f64>(size);
  gradient = new StaticArray<f64>(size);
  direction = new StaticArray<f64>(size);
  movedBy = new StaticArray<f64>(MEMORY * size);
  bentBy = new StaticArray<f64>(MEMORY * size);
}

/** Begins at the present prices, in costs of `scale` a territory; `good` prices need the last smoothings only. */
export function beginPriceAscent(scale: f64, good: bool): void {
  unit = scale;
  stage = good ? GOOD_STAGE : 0;
  taken = 0;
  ascentDone = partCount == 0;
  dearest = 0;
  for (let j = 0; j < partCount; j++) dearest = max(dearest, partCost[j]);
  dearest *= <f64>territoryCount;
}

/** Takes one value of the dual. Ends with the best prices, excesses in line with them. O(size of the pool). */
export function ascend(): void {
  const smooth = unit * SMOOTHING[stage];
  measureDual(smooth);
  if (dualValue > dearest) {
    // no plan costs so much, so the pool holds none yet, and prices would rise without end
    if (taken == 0) accept();
    end();
    return;
  }
  if (taken == 0) {
    pairs = 0;
    accept();
    turn(smooth);
  } else if (dualValue >= value + SUFFICIENT * step * slope) {
    remember();
    accept();
    turn(smooth);
  } else {
    const bend = value + step * slope - dualValue;
    step *= max(0.1, min(0.5, bend > 0 ? (0.5 * step * slope) / bend : 0.5));
  }
  taken++;
  const over = taken >= VALUES[stage] || slope <= 0 || step < SHORTEST;
  const reach = over ? 0 : step;
  for (let e = 0; e < elements; e++) unitPrice[e] = point[e] + reach * direction[e];
  if (!over) return;
  taken = 0;
  if (++stage == STAGES) end();
}

/** Ends with the prices accepted last. */
function end(): void {
  for (let e = 0; e < elements; e++) unitPrice[e] = point[e];
  ascentDone = true;
  measureExcess();
}

function accept(): void {
  value = dualValue;
  for (let e = 0; e < elements; e++) {
    point[e] = unitPrice[e];
    gradient[e] = dualGradient[e];
  }
}

/** Keeps the last move and what it did to the gradient, unless they tell of no curvature. */
function remember(): void {
  const row = (pairs % MEMORY) * elements;
  let product: f64 = 0;
  for (let e = 0; e < elements; e++) {
    movedBy[row + e] = unitPrice[e] - point[e];
    bentBy[row + e] = gradient[e] - dualGradient[e];
    product += movedBy[row + e] * bentBy[row + e];
  }
  if (product <= 0) return;
  curvature[pairs % MEMORY] = product;
  pairs++;
}

/** Points the direction uphill from the accepted prices. */
function turn(smooth: f64): void {
  for (let e = 0; e < elements; e++) direction[e] = gradient[e];
  const oldest = max(0, pairs - MEMORY);
  for (let p = pairs - 1; p >= oldest; p--) {
    const slot = p % MEMORY;
    weightOf[slot] = dot(movedBy, slot, direction) / curvature[slot];
    add(direction, -weightOf[slot], bentBy, slot);
  }
  let size = smooth / meanSize;
  if (pairs > 0) {
    const slot = (pairs - 1) % MEMORY;
    let square: f64 = 0;
    for (let e = 0, row = slot * elements; e < elements; e++) square += bentBy[row + e] * bentBy[row + e];
    size = curvature[slot] / square;
  }
  for (let e = 0; e < elements; e++) direction[e] *= size;
  for (let p = oldest; p < pairs; p++) {
    const slot = p % MEMORY;
    add(direction, weightOf[slot] - dot(bentBy, slot, direction) / curvature[slot], movedBy, slot);
  }
  slope = 0;
  for (let e = 0; e < elements; e++) slope += direction[e] * gradient[e];
  step = 1;
}

function dot(rows: StaticArray<f64>, slot: i32, vector: StaticArray<f64>): f64 {
  let sum: f64 = 0;
  for (let e = 0, row = slot * elements; e < elements; e++) sum += rows[row + e] * vector[e];
  return sum;
}

function add(vector: StaticArray<f64>, factor: f64, rows: StaticArray<f64>, slot: i32): void {
  for (let e = 0, row = slot * elements; e < elements; e++) vector[e] += factor * rows[row + e];
}
