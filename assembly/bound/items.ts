// What the bound sees of the problem: the units that may go to several territories, in the order of a search tree, and
// the territories that may take them, in classes of equal bounds. Locked territories and their units are a constant.

import { freshArray } from '../fresh-array';
import {
  activity,
  balancedCount,
  base,
  fixedCenter,
  inertiaFactor,
  initial,
  locked,
  lower,
  measureCount,
  place,
  power,
  sphereRadius,
  target,
  territoryCount,
  unitCount,
  upper,
  weight,
} from '../problem';

/** Units with a weight of their own. */
export let itemCount: i32 = 0;
/** x, y, z in km per item. */
export let point: StaticArray<f64> = new StaticArray<f64>(0);
/** Factor of the distance in the cost, > 0, and what the item adds to a load, ≥ 0. */
export let worth: StaticArray<f64> = new StaticArray<f64>(0);
export let size: StaticArray<f64> = new StaticArray<f64>(0);
/** Whether these are the same numbers, in one array. */
export let sizeIsWorth: bool = false;
/** Unit of each item. */
export let unitOf: StaticArray<i32> = new StaticArray<i32>(0);
/** Load of the units that cost nothing wherever they go. */
export let looseSize: f64 = 0;

/** Classes of territories without a fixed centre: how many, and the bounds on their loads. */
export const MOST_CLASSES: i32 = 8;
export let classCount: i32 = 0;
export let classTerritories: StaticArray<i32> = new StaticArray<i32>(MOST_CLASSES);
export let classLower: StaticArray<f64> = new StaticArray<f64>(MOST_CLASSES);
export let classUpper: StaticArray<f64> = new StaticArray<f64>(MOST_CLASSES);
/** Territories that are neither locked nor of a fixed centre. */
export let freeTerritories: i32 = 0;
/** The free territories in the order of their classes. */
export let order: StaticArray<i32> = new StaticArray<i32>(0);
/** The measure whose bounds count. */
export let measure: i32 = 0;

/** Loads within this share of a target beyond a bound still count as within it; and sums of loads are rounded. */
const BALANCE_SLACK: f64 = 2e-9;
const LOAD_ROUNDING: f64 = 1e-12;
let loadSlack: f64 = 0;

export function allocateItems(): void {
  point = freshArray<f64>(3 * unitCount);
  worth = freshArray<f64>(unitCount);
  measure = chooseMeasure();
  sizeIsWorth = inertiaFactor == 1 && weighs(measure);
  size = sizeIsWorth ? worth : freshArray<f64>(unitCount);
  unitOf = freshArray<i32>(unitCount);
  order = new StaticArray<i32>(territoryCount);
}

export function lowerOf(t: i32): f64 {
  const i = t * measureCount + measure;
  return lower[i] - BALANCE_SLACK * Math.abs(target[i] + base[i]) - loadSlack;
}

export function upperOf(t: i32): f64 {
  const i = t * measureCount + measure;
  return upper[i] + BALANCE_SLACK * Math.abs(target[i] + base[i]) + loadSlack;
}

/** The measure that weighs the units, where one of the balanced ones does: its bounds say most about the cost. */
function chooseMeasure(): i32 {
  for (let m = 0; m < balancedCount; m++) if (weighs(m)) return m;
  return 0;
}

/** Whether a measure is the weight of every unit. O(n). */
function weighs(m: i32): bool {
  for (let u = 0; u < unitCount; u++) if (weight[u] != activity[u * measureCount + m]) return false;
  return true;
}

export function listItems(): void {
  itemCount = 0;
  looseSize = 0;
  loadSlack = 0;
  for (let u = 0; u < unitCount; u++) {
    // what is pinned to a territory that is not locked counts there as if it were free, which only lowers the bound
    if (initial[u] >= 0 && locked[initial[u]]) continue;
    const w = inertiaFactor * weight[u];
    const s = activity[u * measureCount + measure];
    loadSlack += LOAD_ROUNDING * s;
    if (w <= 0) {
      looseSize += s;
      continue;
    }
    const i = itemCount++;
    for (let d = 0; d < 3; d++) point[3 * i + d] = place[4 * u + d];
    worth[i] = w;
    size[i] = s;
    unitOf[i] = u;
  }
  listClasses();
}

/** Free territories with equal bounds are one class; past the limit neighbours by target share the wider bounds. */
function listClasses(): void {
  let count = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (locked[t] || fixedCenter[4 * t + 3] != 0) continue;
    let i = count++;
    for (; i > 0 && lowerOf(order[i - 1]) + upperOf(order[i - 1]) > lowerOf(t) + upperOf(t); i--) order[i] = order[i - 1];
    order[i] = t;
  }
  freeTerritories = count;
  classCount = 0;
  let distinct = 0;
  for (let i = 0; i < count; i++) if (i == 0 || differ(order[i], order[i - 1])) distinct++;
  const merge = distinct > MOST_CLASSES;
  for (let i = 0; i < count; i++) {
    const t = order[i];
    const fresh = merge ? i * MOST_CLASSES / count >= classCount : i == 0 || differ(t, order[i - 1]);
    if (fresh) {
      classTerritories[classCount] = 0;
      classLower[classCount] = lowerOf(t);
      classUpper[classCount] = upperOf(t);
      classCount++;
    }
    const c = classCount - 1;
    classTerritories[c]++;
    classLower[c] = min(classLower[c], lowerOf(t));
    classUpper[c] = max(classUpper[c], upperOf(t));
  }
}

function differ(t: i32, s: i32): bool {
  return lowerOf(t) != lowerOf(s) || upperOf(t) != upperOf(s);
}

/** Kinds of distance, as a function of the squared chord. */
export const SQUARE: i32 = 0;
export const ARC_SQUARE: i32 = 1;
export const STRAIGHT: i32 = 2;
export const ARC: i32 = 3;

/** What a centre measures by: along the ground, or straight, which is never longer and holds for any point of space. */
export function distanceKind(ground: bool): i32 {
  const arcs = ground && sphereRadius > 0;
  return power == 2 ? (arcs ? ARC_SQUARE : SQUARE) : arcs ? ARC : STRAIGHT;
}

/**
 * The distance term for a squared chord, or a hair less: arcs by the first terms of their series, which are all
 * positive. Increasing; convex in the squared chord for squares and in the chord otherwise.
 */
// @ts-ignore: decorator
@inline
export function distanceTerm(squared: f64, kind: i32): f64 {
  if (kind == SQUARE) return squared;
  if (kind == STRAIGHT) return Math.sqrt(squared);
  const x = squared / (4 * sphereRadius * sphereRadius);
  if (kind == ARC_SQUARE) return squared * (1 + x * (1.0 / 3 + x * (8.0 / 45 + x * (4.0 / 35 + x * (128.0 / 1575)))));
  return Math.sqrt(squared) * (1 + x * (1.0 / 6 + x * (3.0 / 40 + x * (15.0 / 336 + x * (105.0 / 3456)))));
}
