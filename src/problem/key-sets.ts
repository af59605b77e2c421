/** Sets of cell keys as sorted arrays: a third of the memory of a `Set` of numbers, and faster to make. */

export class SortedKeys {
  /** `keys`: ascending. */
  constructor(readonly keys: Float64Array) {}

  /** Index of the key, −1 when it is not there. O(log n). */
  indexOf(key: number): number {
    const { keys } = this;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return keys[low] === key ? low : -1;
  }

  has(key: number): boolean {
    return this.indexOf(key) >= 0;
  }
}

/** Two ascending arrays that share no key as one. */
export function mergeKeys(a: Float64Array, b: Float64Array): Float64Array {
  if (b.length === 0) return a;
  const merged = new Float64Array(a.length + b.length);
  merged.set(a);
  merged.set(b, a.length);
  return merged.sort();
}

/** Leaves each key of an ascending array once, in place; returns the part that is left. */
export function dropRepeated(keys: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) keys[count++] = keys[i]!;
  return keys.subarray(0, count);
}

/** Keys in the order in which they come, with room for more. */
export class KeyList {
  private values = new Float64Array(1024);
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(key: number): void {
    if (this.count === this.values.length) {
      const grown = new Float64Array(2 * this.count);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.count++] = key;
  }

  /** Sorts the keys and leaves each once. */
  dropRepeated(): this {
    this.count = dropRepeated(this.keys.sort()).length;
    return this;
  }

  /** A view that dies with the next `push`. */
  get keys(): Float64Array {
    return this.values.subarray(0, this.count);
  }
}
