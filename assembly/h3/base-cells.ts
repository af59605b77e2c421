// The 122 base cells: where each lies on the icosahedron, which its neighbours are, and how their grids are turned
// against its own. Neighbours and turns follow from the places, so only these are listed.

import { digitI, digitJ, RING, SLOT } from './digits';
import { across, writeVector } from './icosahedron';

export const BASE_COUNT: i32 = 122;

/** Digit of the axis that pentagons lack. */
export const MISSING: i32 = 1;

/** The three corners of each face; the axes i, j and k of its grid point to them. */
// prettier-ignore
const FACES: StaticArray<u8> = [
  0, 2, 1, 0, 1, 3, 0, 4, 2, 0, 3, 5, 1, 6, 7, 0, 5, 4, 6, 1, 2, 7, 3, 1, 2, 8, 6, 8, 2, 4,
  3, 7, 9, 9, 5, 3, 4, 10, 8, 5, 9, 10, 10, 4, 5, 11, 7, 6, 11, 6, 8, 11, 9, 7, 11, 8, 10, 11, 10, 9,
];

/** Face of each base cell. */
// prettier-ignore
const FACE_OF: StaticArray<u8> = [
  0, 1, 0, 1, 2, 0, 0, 1, 2, 1, 0, 0, 3, 3, 4, 5, 2, 6, 2, 1, 7, 1, 2, 6, 8, 6, 3, 4, 5, 3,
  2, 5, 9, 2, 7, 4, 7, 8, 10, 6, 7, 5, 3, 3, 5, 6, 4, 11, 9, 12, 9, 10, 8, 5, 10, 7, 4, 8, 13, 8,
  4, 14, 11, 6, 11, 14, 12, 9, 15, 11, 9, 10, 7, 10, 8, 14, 13, 15, 16, 16, 15, 12, 13, 9, 11, 12, 14, 12, 17, 10,
  15, 17, 16, 15, 14, 16, 13, 11, 13, 17, 18, 12, 18, 17, 13, 17, 15, 14, 16, 16, 19, 19, 18, 17, 18, 19, 19, 18, 18, 19,
  18, 19,
];

/** Place on the face: the digit of the step from its centre; 7 for the corner that axis i points to, a pentagon. */
// prettier-ignore
const PLACE_OF: StaticArray<u8> = [
  4, 6, 0, 4, 7, 6, 1, 0, 4, 2, 2, 3, 4, 6, 7, 4, 0, 2, 1, 3, 1, 1, 6, 1, 7, 0, 0, 4, 6, 2,
  3, 0, 2, 2, 2, 6, 0, 4, 7, 5, 5, 1, 1, 3, 2, 4, 0, 1, 1, 7, 0, 4, 6, 3, 6, 4, 2, 0, 7, 1,
  1, 2, 2, 7, 0, 1, 4, 5, 3, 5, 4, 0, 7, 2, 2, 0, 4, 1, 3, 2, 2, 6, 6, 7, 4, 0, 5, 1, 1, 1,
  0, 3, 1, 5, 4, 0, 0, 7, 2, 5, 2, 2, 3, 2, 1, 0, 4, 7, 5, 4, 3, 1, 1, 4, 0, 2, 5, 7, 4, 0,
  5, 4,
];

export function isPentagonBase(base: i32): bool {
  return PLACE_OF[base] == 7;
}

// The chart of a cell: the grid of its base cell, drawn on one face and beyond its edges. A pentagon has five, one for
// each leading digit.

/** Corners of the icosahedron at the ends of the axes i, j and k. */
export let chartA: i32 = 0;
export let chartB: i32 = 0;
export let chartC: i32 = 0;
/** Weights of the corners at the base cell, in sixths; together 6. */
export let originA: i32 = 0;
export let originB: i32 = 0;
export let originC: i32 = 0;
/** By how many × 60° the chart is turned anticlockwise against the base cell's own grid. */
export let chartTurn: i32 = 0;

/** Opens the chart of the cells of a base cell with a leading digit, which counts on pentagons only. */
export function openChart(base: i32, leading: i32): void {
  const face = 3 * <i32>FACE_OF[base];
  const place = <i32>PLACE_OF[base];
  chartA = FACES[face];
  chartB = FACES[face + 1];
  chartC = FACES[face + 2];
  chartTurn = 0;
  if (place < 7) {
    const i = digitI(place);
    const j = digitJ(place);
    originA = 2 + 2 * i - j;
    originB = 2 - i + 2 * j;
    originC = 2 - i - j;
    return;
  }
  originA = 6;
  originB = 0;
  originC = 0;
  if (leading == 0) return;
  // The corner's own face is that of digit 3; the others follow around the corner, to the missing digit.
  chartTurn = (9 - SLOT[leading]) % 6;
  for (let turns = 0; turns < chartTurn; turns++) {
    const next = across(chartA, chartB, chartC);
    chartC = chartB;
    chartB = next;
  }
}

/** Neighbour of each base cell along each digit; −1 where there is none. */
const near: StaticArray<i32> = new StaticArray<i32>(8 * BASE_COUNT);
/** By how many × 60° digits turn anticlockwise on the way to that neighbour. */
const turns: StaticArray<i32> = new StaticArray<i32>(8 * BASE_COUNT);
/** Digit of the way back. */
const back: StaticArray<i32> = new StaticArray<i32>(8 * BASE_COUNT);

export function baseNeighbor(base: i32, digit: i32): i32 {
  return near[8 * base + digit];
}
export function baseTurns(base: i32, digit: i32): i32 {
  return turns[8 * base + digit];
}
export function wayBack(base: i32, digit: i32): i32 {
  return back[8 * base + digit];
}

function deriveNeighbors(): void {
  const centers = new StaticArray<f64>(3 * BASE_COUNT);
  const point = new StaticArray<f64>(3);
  for (let base = 0; base < BASE_COUNT; base++) {
    openChart(base, 0);
    writeVector(centers, 3 * base, chartA, chartB, chartC, originA, originB, originC);
  }
  for (let base = 0; base < BASE_COUNT; base++) {
    for (let digit = 1; digit < 7; digit++) {
      near[8 * base + digit] = -1;
      if (digit == MISSING && isPentagonBase(base)) continue;
      openChart(base, digit);
      const place = RING[(SLOT[digit] + chartTurn) % 6];
      const i = digitI(place);
      const j = digitJ(place);
      writeVector(
        point,
        0,
        chartA,
        chartB,
        chartC,
        originA + 2 * i - j,
        originB - i + 2 * j,
        originC - i - j,
      );
      near[8 * base + digit] = nearestBase(centers, point);
    }
  }
  for (let base = 0; base < BASE_COUNT; base++) {
    for (let digit = 1; digit < 7; digit++) {
      const other = near[8 * base + digit];
      if (other < 0) continue;
      let from = 1;
      while (near[8 * other + from] != base) from++;
      back[8 * base + digit] = from;
      // What goes on along `digit` leads away from where it came from.
      turns[8 * base + digit] = (SLOT[from] + 9 - SLOT[digit]) % 6;
    }
  }
}

function nearestBase(centers: StaticArray<f64>, point: StaticArray<f64>): i32 {
  let nearest = 0;
  let most: f64 = -2;
  for (let base = 0; base < BASE_COUNT; base++) {
    const dot =
      centers[3 * base] * point[0] + centers[3 * base + 1] * point[1] + centers[3 * base + 2] * point[2];
    if (dot > most) {
      most = dot;
      nearest = base;
    }
  }
  return nearest;
}

deriveNeighbors();
