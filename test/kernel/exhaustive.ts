/**
 * The best plan of a tiny planar problem by trying every assignment. Violation and cost are sums over territories of
 * values that depend on the territory's set of units alone, so these are worked out once per set, naively.
 */
import { unitWeights } from '../../src/metrics/weights.js';
import type { Problem } from '../../src/types.js';

export interface Score {
  readonly violation: number;
  readonly cost: number;
}

/** Violations this close are equal. */
const TIE = 1e-9;

/** k^n assignments of at most 10 units, weighed by table: a few milliseconds. */
export function findOptimum(problem: Problem): Score {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const table = problem.territories.map((_, t) =>
    Array.from({ length: 1 << n }, (_, set): Score => scoreTerritory(problem, t, set)),
  );
  let best: Score = { violation: Infinity, cost: Infinity };
  const sets = new Array<number>(k).fill(0);
  const place = (u: number): void => {
    if (u < n) {
      for (let t = 0; t < k; t++) {
        sets[t]! |= 1 << u;
        place(u + 1);
        sets[t]! &= ~(1 << u);
      }
      return;
    }
    let violation = 0;
    let cost = 0;
    for (let t = 0; t < k; t++) {
      const score = table[t]![sets[t]!]!;
      violation += score.violation;
      cost += score.cost;
    }
    const better = Math.abs(violation - best.violation) <= TIE ? cost < best.cost : violation < best.violation;
    if (better) best = { violation, cost };
  };
  place(0);
  return best;
}

/** Violation and cost of one set of units, as bits, as territory `t`. */
export function scoreTerritory(problem: Problem, t: number, set: number): Score {
  const { objective, territories } = problem;
  const n = problem.ids.length;
  const k = territories.length;
  const members = Array.from({ length: n }, (_, u) => u).filter((u) => set & (1 << u));

  let violation = members.length === 0 ? 1 : 0;
  if (problem.contiguity === 'required') violation += Math.max(0, countPieces(problem, set) - 1);
  for (let m = 0; m < problem.measures.length; m++) {
    const load = members.reduce((sum, u) => sum + problem.activity[m * n + u]!, 0);
    const i = m * k + t;
    const beyond = Math.max(load - problem.upper[i]!, problem.lower[i]! - load) / problem.target[i]!;
    if (beyond > TIE) violation += beyond;
  }

  let leaving = 0;
  let leavingKm = 0;
  let moved = 0;
  for (const u of members) {
    for (let e = problem.offsets[u]!; e < problem.offsets[u + 1]!; e++) {
      if (set & (1 << problem.neighbors[e]!)) continue;
      leaving++;
      leavingKm += problem.edgeKm?.[e] ?? 0;
    }
    if (problem.today && problem.today[u]! >= 0 && problem.today[u] !== t) moved += unitWeights(problem)[u]!;
  }
  const inertia = objective.inertia > 0 ? measureSet(problem, t, members) : 0;
  const border = (objective.cutEdges * leaving + objective.borderKm * leavingKm) / 2;
  const cost = objective.inertia * inertia + border + objective.disruption * moved;
  return { violation, cost };
}

/** Components of a set of units: spread from one until nothing is added. */
function countPieces(problem: Problem, set: number): number {
  let pieces = 0;
  for (let left = set; left !== 0; pieces++) {
    let piece = left & -left;
    for (let before = 0; before !== piece; ) {
      before = piece;
      for (let u = 0; u < problem.ids.length; u++) {
        if (!(piece & (1 << u))) continue;
        for (let e = problem.offsets[u]!; e < problem.offsets[u + 1]!; e++) piece |= (1 << problem.neighbors[e]!) & set;
      }
    }
    left &= ~piece;
  }
  return pieces;
}

function measureSet(problem: Problem, t: number, members: readonly number[]): number {
  const { power, center } = problem.objective;
  const xy = problem.xy!;
  const weights = unitWeights(problem);
  const about = (x: number, y: number) =>
    members.reduce((sum, u) => sum + weights[u]! * Math.hypot(xy[2 * u]! - x, xy[2 * u + 1]! - y) ** power, 0);
  const fixed = problem.territories[t]!.center;
  if (fixed) return about(fixed[0], fixed[1]);
  if (members.length === 0) return 0;
  if (center === 'unit') return Math.min(...members.map((u) => about(xy[2 * u]!, xy[2 * u + 1]!)));
  const total = members.reduce((sum, u) => sum + weights[u]!, 0);
  if (total === 0) return 0;
  const mean = (axis: number) => members.reduce((sum, u) => sum + weights[u]! * xy[2 * u + axis]!, 0) / total;
  return about(mean(0), mean(1));
}
