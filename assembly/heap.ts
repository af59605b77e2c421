// Binary min-heap of (key, value) pairs; grows to a capacity given at allocation, then drops the pair that would not fit.

import { freshArray } from './fresh-array';

let keys: StaticArray<f64> = new StaticArray<f64>(0);
let values: StaticArray<u64> = new StaticArray<u64>(0);
export let heapSize: i32 = 0;

export function allocateHeap(capacity: i32): void {
  keys = freshArray<f64>(capacity);
  values = freshArray<u64>(capacity);
}

export function clearHeap(): void {
  heapSize = 0;
}

export function pushHeap(key: f64, value: u64): void {
  if (heapSize == keys.length) return;
  let i = heapSize++;
  while (i > 0) {
    const up = (i - 1) >> 1;
    if (keys[up] < key || (keys[up] == key && values[up] <= value)) break;
    keys[i] = keys[up];
    values[i] = values[up];
    i = up;
  }
  keys[i] = key;
  values[i] = value;
}

/** Takes the pair with the least key (then the least value) and returns its value; the heap must not be empty. */
export function popHeap(): u64 {
  const top = values[0];
  const key = keys[--heapSize];
  const value = values[heapSize];
  let i = 0;
  while (true) {
    let down = 2 * i + 1;
    if (down >= heapSize) break;
    const right = down + 1;
    if (right < heapSize && (keys[right] < keys[down] || (keys[right] == keys[down] && values[right] < values[down]))) {
      down = right;
    }
    if (key < keys[down] || (key == keys[down] && value <= values[down])) break;
    keys[i] = keys[down];
    values[i] = values[down];
    i = down;
  }
  keys[i] = key;
  values[i] = value;
  return top;
}
