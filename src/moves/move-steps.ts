/** What changes hands between today and a plan, as steps: connected units that go from one territory to another. */
import type { Problem } from '../types.js';

/** Units that are neighbours of each other and change hands together. */
export interface Parcel {
  readonly units: readonly number[];
  /** Territory index, −1 for none. */
  readonly from: number;
  readonly to: number;
}

/** The parcels between two assignments, in the order of their lowest units. O(n + E). */
export function listParcels(problem: Problem, before: Int32Array, after: Int32Array): Parcel[] {
  const { offsets, neighbors } = problem;
  const seen = new Uint8Array(before.length);
  const parcels: Parcel[] = [];
  for (let first = 0; first < before.length; first++) {
    const from = before[first]!;
    const to = after[first]!;
    if (from === to || seen[first] !== 0) continue;
    const units = [first];
    seen[first] = 1;
    for (let head = 0; head < units.length; head++) {
      const u = units[head]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbors[e]!;
        if (seen[v] !== 0 || before[v] !== from || after[v] !== to) continue;
        seen[v] = 1;
        units.push(v);
      }
    }
    parcels.push({ units: units.sort((a, b) => a - b), from, to });
  }
  return parcels;
}
