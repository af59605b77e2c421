/** What cutting each edge costs: so much per edge, so much per kilometre of border, nothing for automatic links. */
import type { Problem } from '../types.js';

/** Whether cutting an edge can cost anything. */
export function weighsCuts({ objective, edgeKm }: Problem): boolean {
  return objective.cutEdges > 0 || (objective.borderKm > 0 && edgeKm !== null);
}

/**
 * Fills `weights`, one per slot, and returns the factor that makes costs of them: the mean cost of a cut that costs
 * anything, so that the kernel has the scale of its moves from it. Where every cut costs the same the weights are 1.
 * O(slots).
 */
export function writeCutWeights(problem: Problem, weights: Float64Array): number {
  const { objective, edgeKm } = problem;
  const { cutEdges, borderKm } = objective;
  if (borderKm === 0 || edgeKm === null) {
    weights.fill(1);
    for (const slot of automaticLinkSlots(problem)) weights[slot] = 0;
    return cutEdges;
  }
  for (let e = 0; e < weights.length; e++) weights[e] = cutEdges + borderKm * edgeKm[e]!;
  for (const slot of automaticLinkSlots(problem)) weights[slot] = 0;
  let sum = 0;
  let count = 0;
  for (const weight of weights) {
    if (weight === 0) continue;
    sum += weight;
    count++;
  }
  if (count === 0) return 0;
  const mean = sum / count;
  for (let e = 0; e < weights.length; e++) weights[e]! /= mean;
  return mean;
}

/** Both slots of every automatic link. */
function automaticLinkSlots(problem: Problem): number[] {
  if (problem.links.length === 0) return [];
  const wanted = new Map<string, number>();
  for (const pair of problem.links) for (const id of pair) wanted.set(id, -1);
  problem.ids.forEach((id, u) => {
    if (wanted.has(id)) wanted.set(id, u);
  });
  const slots: number[] = [];
  for (const [a, b] of problem.links) {
    const pair = [wanted.get(a)!, wanted.get(b)!] as const;
    for (const [u, v] of [pair, [pair[1], pair[0]]] as const) {
      for (let e = problem.offsets[u]!; e < problem.offsets[u + 1]!; e++) if (problem.neighbors[e] === v) slots.push(e);
    }
  }
  return slots;
}
