/** A neighbour graph from borders in any order. */
import type { MeasuredGraph } from './graph.js';

/** Pairs of units with the length of what they share, with room for more. */
export class BorderList {
  u = new Int32Array(1024);
  v = new Int32Array(1024);
  km = new Float64Array(1024);
  count = 0;

  /** `u < v`. What two units share may be added piece by piece, one after the other. */
  add(u: number, v: number, km: number): void {
    if (this.count === this.u.length) {
      this.u = grow(this.u, new Int32Array(2 * this.count));
      this.v = grow(this.v, new Int32Array(2 * this.count));
      this.km = grow(this.km, new Float64Array(2 * this.count));
    }
    this.u[this.count] = u;
    this.v[this.count] = v;
    this.km[this.count++] = km;
  }
}

function grow<T extends Int32Array | Float64Array>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}

/**
 * Pieces of one border are joined in the order in which they were added, so that both rows of a pair hold the same
 * length. Rows come out ascending without a sort, as in `buildGraph`. O(n + borders).
 */
export function buildBorderGraph(n: number, { u, v, km, count }: BorderList) {
  const starts = new Int32Array(n + 1);
  for (let e = 0; e < count; e++) {
    starts[u[e]! + 1]!++;
    starts[v[e]! + 1]!++;
  }
  for (let i = 0; i < n; i++) starts[i + 1]! += starts[i]!;
  const byUnit = new Int32Array(2 * count);
  const next = starts.slice();
  for (let e = 0; e < count; e++) {
    byUnit[next[u[e]!]!++] = e;
    byUnit[next[v[e]!]!++] = e;
  }
  next.set(starts);
  const sorted = new Int32Array(2 * count);
  const lengths = new Float64Array(2 * count);
  for (let near = 0; near < n; near++) {
    for (let i = starts[near]!; i < starts[near + 1]!; i++) {
      const e = byUnit[i]!;
      const far = u[e] === near ? v[e]! : u[e]!;
      const slot = next[far]!++;
      sorted[slot] = near;
      lengths[slot] = km[e]!;
    }
  }
  return joinPieces(starts, sorted, lengths);
}

/** In place: neighbours that follow each other in a row become one. */
function joinPieces(
  starts: Int32Array,
  sorted: Int32Array,
  lengths: Float64Array,
): MeasuredGraph & { readonly edgeKm: Float64Array } {
  const offsets = new Int32Array(starts.length);
  let slots = 0;
  for (let u = 0; u + 1 < starts.length; u++) {
    const first = slots;
    for (let i = starts[u]!; i < starts[u + 1]!; i++) {
      if (slots > first && sorted[slots - 1] === sorted[i]) {
        lengths[slots - 1]! += lengths[i]!;
        continue;
      }
      sorted[slots] = sorted[i]!;
      lengths[slots++] = lengths[i]!;
    }
    offsets[u + 1] = slots;
  }
  return { offsets, neighbors: sorted.slice(0, slots), edgeKm: lengths.slice(0, slots) };
}
