// Centres and outlines of cells on the unit sphere. The places of centres and corners are integers on the chart of the
// base cell, so which side of a face's edge they are on is exact. Where a side of an outline crosses an edge it bends,
// and the outline has one corner more there; on grids of even resolution corners lie on the edges, and none is needed.

import {
  chartA,
  chartB,
  chartC,
  chartTurn,
  isPentagonBase,
  MISSING,
  openChart,
  originA,
  originB,
  originC,
} from './base-cells';
import { digitI, digitJ, finerI, finerJ, leadingDigit, RING } from './digits';
import { writeVector } from './icosahedron';
import { isPentagon } from './neighbors';

/** Centre of the cell in `point[0 … 2]`. */
export const point: StaticArray<f64> = new StaticArray<f64>(3);
/** Corners of the outline, anticlockwise; a pentagon's may be ten, other outlines have at most eight. */
export const outline: StaticArray<f64> = new StaticArray<f64>(3 * 12);
export let cornerCount: i32 = 0;
/** The side towards neighbour s of the ring: its corners are `firstCorner[s]` to `lastCorner[s]`, of the count. */
export const firstCorner: StaticArray<i32> = new StaticArray<i32>(6);
export const lastCorner: StaticArray<i32> = new StaticArray<i32>(6);

/** Where side s of a cell begins, by the parity of the resolution, on the even grid and times 3. */
const CORNER_I: StaticArray<i32> = new StaticArray<i32>(12);
const CORNER_J: StaticArray<i32> = new StaticArray<i32>(12);
for (let s = 0; s < 6; s++) {
  const before = RING[(s + 5) % 6];
  const i = digitI(before) + digitI(RING[s]);
  const j = digitJ(before) + digitJ(RING[s]);
  CORNER_I[s] = i;
  CORNER_J[s] = j;
  CORNER_I[6 + s] = finerI(i, j, 0);
  CORNER_J[6 + s] = finerJ(i, j, 0);
}

/** 7 to the power of half the resolution, rounded up: edges of the even grid per edge of a base cell. */
const SCALE: StaticArray<i32> = new StaticArray<i32>(16);
for (let r = 0, scale = 1; r < 16; r++) {
  if (r & 1) scale *= 7;
  SCALE[r] = scale;
}

/** Weights of the cell's centre on its chart, times 18 × scale. */
let weightA: i32 = 0;
let weightB: i32 = 0;
let weightC: i32 = 0;

/** Opens the cell's chart and finds its centre there. */
function locate(key: u64, resolution: i32): void {
  const shift: i32 = 3 * resolution;
  const base = <i32>(key >> <u64>shift);
  const digits = key & (((<u64>1) << <u64>shift) - 1);
  openChart(base, isPentagonBase(base) ? leadingDigit(digits) : 0);
  let i = 0;
  let j = 0;
  for (let r = 1, at = shift - 3; r <= resolution; r++, at -= 3) {
    const digit = <i32>(digits >> <u64>at) & 7;
    const finer = finerI(i, j, r) + digitI(digit);
    j = finerJ(i, j, r) + digitJ(digit);
    i = finer;
  }
  if (resolution & 1) {
    const finer = finerI(i, j, 0);
    j = finerJ(i, j, 0);
    i = finer;
  }
  for (let turn = 0; turn < chartTurn; turn++) {
    const turned = i - j;
    j = i;
    i = turned;
  }
  const scale = 3 * SCALE[resolution];
  weightA = originA * scale + 3 * (2 * i - j);
  weightB = originB * scale + 3 * (2 * j - i);
  weightC = originC * scale - 3 * (i + j);
}

/** Writes `point`. */
export function findCenter(key: u64, resolution: i32): void {
  locate(key, resolution);
  writeVector(point, 0, chartA, chartB, chartC, weightA, weightB, weightC);
}

/** Writes `point`, `outline` and what goes with them. */
export function findOutline(key: u64, resolution: i32): void {
  findCenter(key, resolution);
  cornerCount = 0;
  const pentagon = isPentagon(key, resolution);
  for (let s = 0; s < 6; s++) {
    firstCorner[s] = cornerCount;
    if (!pentagon) {
      addSide((s + chartTurn) % 6, resolution & 1);
    } else if (RING[s] != MISSING) {
      openChart(<i32>(key >> (3 * <u64>resolution)), RING[s]);
      addSide((s + chartTurn) % 6, resolution & 1);
    }
    lastCorner[s] = cornerCount;
  }
}

/** Adds the corner where side s of the chart begins, and the one where it crosses an edge of the face. */
function addSide(s: i32, parity: i32): void {
  const from = 6 * parity + s;
  const i = CORNER_I[from];
  const j = CORNER_J[from];
  const a = weightA + 2 * i - j;
  const b = weightB + 2 * j - i;
  const c = weightC - i - j;
  writeVector(outline, 3 * cornerCount++, chartA, chartB, chartC, a, b, c);
  if (parity == 0) return;

  const to = s == 5 ? 6 : from + 1;
  const nextI = CORNER_I[to];
  const nextJ = CORNER_J[to];
  const nextA = weightA + 2 * nextI - nextJ;
  const nextB = weightB + 2 * nextJ - nextI;
  const nextC = weightC - nextI - nextJ;
  let share: f64 = -1;
  if (areApart(a, nextA)) share = <f64>a / <f64>(a - nextA);
  else if (areApart(b, nextB)) share = <f64>b / <f64>(b - nextB);
  else if (areApart(c, nextC)) share = <f64>c / <f64>(c - nextC);
  if (share < 0) return;
  const p = <f64>a + share * <f64>(nextA - a);
  const q = <f64>b + share * <f64>(nextB - b);
  const r = <f64>c + share * <f64>(nextC - c);
  writeVector(outline, 3 * cornerCount++, chartA, chartB, chartC, p, q, r);
}

/** Whether a weight changes its sign from one corner to the next. */
function areApart(a: i32, b: i32): bool {
  return (a > 0 && b < 0) || (a < 0 && b > 0);
}
