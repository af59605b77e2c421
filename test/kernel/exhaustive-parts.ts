/**
 * Plans that beat a given one, for contiguous problems too large to try every assignment: every connected set of units is
 * scored once per territory, and what may be a part of a better plan is put together. Naive but for that.
 */
import type { Problem } from '../../src/types.js';
import { type Score, scoreTerritory } from './exhaustive.js';

const TIE = 1e-9;

/** The best plan whose violation is at most that of `known`, in one piece per territory: `known` where none beats it. */
export function findBetter(problem: Problem, known: Score): Score {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const all = (1 << n) - 1;
  const held = problem.territories.map(() => 0);
  let heldAnywhere = 0;
  problem.today?.forEach((t, u) => {
    if (t < 0 || !problem.territories[t]!.locked) return;
    held[t]! |= 1 << u;
    heldAnywhere |= 1 << u;
  });
  const connected = connectedSets(problem);
  const scoredAlready = new Map<string, (Score & { set: number })[]>();
  const parts = problem.territories.map(({ locked, center }, t) => {
    // territories that differ in nothing share their scores
    const bounds = problem.measures.flatMap((_, m) => [problem.lower[m * k + t], problem.upper[m * k + t]]);
    const kind = JSON.stringify([locked, center, bounds, problem.objective.disruption > 0 && t]);
    const earlier = scoredAlready.get(kind);
    if (earlier) return earlier;
    const sets = locked ? [held[t]!] : connected.filter((set) => (set & heldAnywhere) === 0);
    const scored = sets.map((set) => ({ set, ...scoreTerritory(problem, t, set) }));
    const list = scored.filter(({ violation }) => violation <= known.violation + TIE);
    scoredAlready.set(kind, list);
    return list;
  });
  // few parts first
  const order = parts.map((_, t) => t).sort((a, b) => parts[a]!.length - parts[b]!.length);
  const last = order.pop()!;
  const closing = new Map(parts[last]!.map((part) => [part.set, part]));
  let best = known;
  const place = (at: number, taken: number, violation: number, cost: number): void => {
    if (violation > best.violation + TIE) return;
    if (at === k - 1) {
      const part = closing.get(all & ~taken);
      if (!part) return;
      const sum = { violation: violation + part.violation, cost: cost + part.cost };
      const tied = Math.abs(sum.violation - best.violation) <= TIE;
      if (tied ? sum.cost < best.cost : sum.violation < best.violation) best = sum;
      return;
    }
    for (const part of parts[order[at]!]!) {
      if ((part.set & taken) === 0) place(at + 1, taken | part.set, violation + part.violation, cost + part.cost);
    }
  };
  place(0, 0, 0, 0);
  return best;
}

/** All sets of units in one piece: each grown from its lowest unit by neighbours. */
function connectedSets(problem: Problem): number[] {
  const around = problem.ids.map((_, u) => {
    let set = 0;
    for (let e = problem.offsets[u]!; e < problem.offsets[u + 1]!; e++) set |= 1 << problem.neighbors[e]!;
    return set;
  });
  const found: number[] = [];
  // `banned` keeps any set from being met twice
  const grow = (set: number, front: number, banned: number): void => {
    found.push(set);
    let out = banned;
    for (let left = front & ~banned; left !== 0; ) {
      const bit = left & -left;
      left ^= bit;
      out |= bit;
      const u = 31 - Math.clz32(bit);
      grow(set | bit, (front | around[u]!) & ~(set | bit), out);
    }
  };
  problem.ids.forEach((_, u) => {
    const lowest = 1 << u;
    grow(lowest, around[u]!, (lowest << 1) - 1);
  });
  return found;
}
