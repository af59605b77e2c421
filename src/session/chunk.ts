/** A chunk of units that moves over a border at once: grown unit by unit, and cut off where it does the most good. */
import type { PlanTally } from '../metrics/plan-tally.js';
import type { Effect } from '../types.js';
import { type Border, isFree } from './border.js';
import type { Holds } from './holds.js';
import type { MoveEstimate } from './move-estimate.js';
import { compareEffects } from './trial.js';
import { UnitHeap } from './unit-heap.js';

export interface Candidate extends Effect {
  readonly from: number;
  readonly to: number;
  /** Ascending. */
  readonly units: Int32Array;
}

/** Units beyond the best cut after which growing further is given up. */
const PATIENCE = 48;

/**
 * The best of the chunks that grow from a border by nearness to the other side; null when the first unit is all there
 * is. O(chunk · log chunk).
 */
export function growChunk(tally: PlanTally, holds: Holds, estimate: MoveEstimate, border: Border): Candidate | null {
  const { from, to } = border;
  const { offsets, neighbors } = tally.basis.problem;
  const heap = new UnitHeap();
  const reached = new Set<number>(border.units);
  const chunk: number[] = [];
  const moved = new Set<number>();
  const territoryOf = (v: number) => (moved.has(v) ? to : tally.assignment[v]!);
  const size = tally.members[from < 0 ? tally.members.length - 1 : from]!.length;
  // A territory must keep a unit.
  const most = from < 0 ? size : size - 1;
  for (const u of border.units) heap.push(estimate.pull(u, from, to), u);
  let sum: Effect = { violation: 0, cost: 0 };
  let best: Effect | null = null;
  let cut = 0;
  while (chunk.length < most && chunk.length - cut < PATIENCE && heap.size > 0) {
    const u = heap.pop();
    const effect = estimate.effect(u, from, to, territoryOf);
    estimate.move(u, from, to);
    moved.add(u);
    chunk.push(u);
    sum = { violation: sum.violation + effect.violation, cost: sum.cost + effect.cost };
    if (!best || compareEffects(sum, best) < 0) {
      best = sum;
      cut = chunk.length;
    }
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbors[e]!;
      if (tally.assignment[v] !== from || reached.has(v) || !isFree(tally, holds, v)) continue;
      reached.add(v);
      heap.push(estimate.pull(v, from, to), v);
    }
  }
  estimate.reset([from, to]);
  return best && { ...best, from, to, units: Int32Array.from(chunk.slice(0, cut)).sort() };
}
