/** Ways by which load can travel: a territory can only pass on what borders on the next and is free to move. */
import type { PlanTally } from '../metrics/plan-tally.js';

export interface Limits {
  /** Territories that stay as they are. */
  readonly locked: ReadonlySet<number>;
  /** Units that stay where they are. */
  readonly pinned: ReadonlySet<number>;
}

/** Unlocked territories that a free unit of `t` borders on, ascending. O(slots of t). */
function nextTo({ basis, assignment, members }: PlanTally, t: number, { locked, pinned }: Limits): number[] {
  const { offsets, neighbors, pinned: demanded } = basis.problem;
  const next = new Set<number>();
  for (const u of members[t]!) {
    if (pinned.has(u) || (demanded && demanded[u]! >= 0)) continue;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const s = assignment[neighbors[e]!]!;
      if (s >= 0 && s !== t && !locked.has(s)) next.add(s);
    }
  }
  return [...next].sort((a, b) => a - b);
}

/**
 * Territories to add to `region` so that load can travel from each of `sources` to some, and to each, of `sinks`: by ways
 * that add the fewest. Those that cannot be reached are left. O(slots of what is visited).
 */
export function findWays(
  tally: PlanTally,
  region: readonly number[],
  sources: readonly number[],
  sinks: readonly number[],
  limits: Limits,
): number[] {
  const inside = new Set(region);
  const before = new Map<number, number>();
  // Layers of equal numbers of added territories; those inside of the region cost nothing and join their layer.
  let layer = sources.filter((t) => !limits.locked.has(t));
  for (const t of layer) before.set(t, -1);
  while (layer.length > 0) {
    const beyond: number[] = [];
    for (let i = 0; i < layer.length; i++) {
      for (const s of nextTo(tally, layer[i]!, limits)) {
        if (before.has(s)) continue;
        before.set(s, layer[i]!);
        if (inside.has(s)) layer.push(s);
        else beyond.push(s);
      }
    }
    layer = beyond;
    if (sinks.every((t) => before.has(t))) break;
  }
  const added = new Set<number>();
  for (const sink of sinks) {
    for (let t = before.get(sink) ?? -1; t >= 0; t = before.get(t)!) if (!inside.has(t)) added.add(t);
  }
  return [...added].sort((a, b) => a - b);
}
