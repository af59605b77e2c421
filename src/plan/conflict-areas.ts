/** Units and accounts that are in conflict, by connected areas of the problem's graph. */
import type { Problem } from '../types.js';

export interface Area {
  /** Ascending. */
  readonly units: Int32Array;
  /** The given accounts that lie in these units, ascending. */
  readonly accounts: readonly number[];
}

/** Areas of the given units and of the units of the given accounts, ascending by their first units. O(n + E of them). */
export function findAreas(problem: Problem, units: readonly number[], accounts: readonly number[]): Area[] {
  const { offsets, neighbors, accountUnit } = problem;
  const within = new Set([...units, ...accounts.map((a) => accountUnit![a]!)]);
  const accountsOf = new Map<number, number[]>();
  for (const a of accounts) {
    const own = accountsOf.get(accountUnit![a]!);
    if (own) own.push(a);
    else accountsOf.set(accountUnit![a]!, [a]);
  }
  const areas: Area[] = [];
  for (const first of [...within].sort((a, b) => a - b)) {
    if (!within.delete(first)) continue;
    const area = [first];
    for (let head = 0; head < area.length; head++) {
      const u = area[head]!;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) if (within.delete(neighbors[e]!)) area.push(neighbors[e]!);
    }
    area.sort((a, b) => a - b);
    const own = area.flatMap((u) => accountsOf.get(u) ?? []).sort((a, b) => a - b);
    areas.push({ units: Int32Array.from(area), accounts: own });
  }
  return areas;
}
