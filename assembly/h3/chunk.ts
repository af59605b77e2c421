// What is looked up goes through arrays of a fixed size, so that the module's memory holds no more than the keys.

import { findUnit, groundKeys, groundResolution } from './ground';
import { measureCell, writeLngLat } from './measure';
import { around, lookAround, NONE } from './neighbors';

/** Cells per chunk. */
export const CHUNK: i32 = 4096;

/** Keys that the host asks about. */
export const chunkKeys: StaticArray<f64> = new StaticArray<f64>(CHUNK);
/** Six neighbours per cell in ring order: keys, −1 where there is none. */
export const chunkAround: StaticArray<f64> = new StaticArray<f64>(6 * CHUNK);
/** The same as units of the ground; −1 where there is none or it is not of the ground. */
export const chunkUnits: StaticArray<i32> = new StaticArray<i32>(6 * CHUNK);
/** 1 where the order is a ring, 0 on pentagons and beside them. */
export const chunkOrdered: StaticArray<u8> = new StaticArray<u8>(CHUNK);
/** Centres in degrees; the rest see `measureCell`. */
export const chunkLngLat: StaticArray<f64> = new StaticArray<f64>(2 * CHUNK);
export const chunkArea: StaticArray<f64> = new StaticArray<f64>(CHUNK);
export const chunkPerimeter: StaticArray<f64> = new StaticArray<f64>(CHUNK);
export const chunkSides: StaticArray<f64> = new StaticArray<f64>(6 * CHUNK);

/** `chunkAround` and `chunkOrdered` of the first `count` of `chunkKeys`. */
export function lookAroundKeys(count: i32, resolution: i32): void {
  for (let c = 0; c < count; c++) {
    chunkOrdered[c] = lookAround(<u64>chunkKeys[c], resolution) ? 1 : 0;
    for (let s = 0; s < 6; s++) chunkAround[6 * c + s] = around[s] == NONE ? -1 : <f64>around[s];
  }
}

/** `chunkLngLat` of the first `count` of `chunkKeys`, unrounded. */
export function placeKeys(count: i32, resolution: i32): void {
  for (let c = 0; c < count; c++) writeLngLat(<u64>chunkKeys[c], resolution, chunkLngLat, 2 * c);
}

/** `chunkUnits` and `chunkOrdered` of `count` units of the ground, `first` onward. */
export function lookAroundUnits(first: i32, count: i32): void {
  for (let c = 0; c < count; c++) {
    chunkOrdered[c] = lookAround(groundKeys[first + c], groundResolution) ? 1 : 0;
    for (let s = 0; s < 6; s++) chunkUnits[6 * c + s] = around[s] == NONE ? -1 : findUnit(around[s]);
  }
}

/** The rest of the chunk for the first `count` of `chunkKeys`, on a sphere of `radius` km. */
export function measureKeys(count: i32, resolution: i32, radius: f64): void {
  for (let c = 0; c < count; c++) {
    measureCell(<u64>chunkKeys[c], resolution, radius, c, chunkLngLat, chunkArea, chunkPerimeter, chunkSides);
  }
}

/** The same for `count` units of the ground, `first` onward, on a sphere of `radius` km. */
export function measureUnits(first: i32, count: i32, radius: f64): void {
  for (let c = 0; c < count; c++) {
    const key = groundKeys[first + c];
    measureCell(key, groundResolution, radius, c, chunkLngLat, chunkArea, chunkPerimeter, chunkSides);
  }
}
