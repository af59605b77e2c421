/**
 * Scores a plan for a published instance by the rule of its paper: the centre of a territory is its best unit, distances
 * are rounded as the paper rounds them, and balance and contiguity are the paper's, whatever the search was told.
 */
import { countParts } from '../check/parts.mjs';
import { paperDistance } from './metric.mjs';

/** With squared distances the best unit lies close to the weighted mean: this many nearest units are tried. */
const CENTERS_TRIED = 60;

/**
 * @param instance a published instance
 * @param {ArrayLike<number>} assignment territory index per unit, −1 for none
 * @returns {{ value: number, feasible: boolean, gap: number, parts: number, least: number, most: number }}
 *   `gap` relative to the best known value, `least` and `most` the loads' range
 */
export function scorePlan(instance, assignment) {
  const { units, edges, k, lower, upper, capacities, objective, bestKnown } = instance;
  const members = Array.from({ length: k }, () => []);
  let complete = true;
  for (let u = 0; u < units.length; u++) {
    if (assignment[u] >= 0 && assignment[u] < k) members[assignment[u]].push(u);
    else complete = false;
  }
  const loads = members.map((list) => list.reduce((sum, u) => sum + units[u].weight, 0));
  const [least, most] = [Math.min(...loads), Math.max(...loads)];
  const parts = countParts(units.length, edges, assignment);
  let feasible = complete && members.every((list) => list.length > 0);
  if (instance.contiguity && edges.length > 0) feasible &&= parts === k;
  if (!capacities) feasible &&= (lower === null || least >= lower) && most <= upper;

  let value = 0;
  if (objective === 'cut-edges') value = edges.filter(([a, b]) => assignment[a] !== assignment[b]).length;
  else {
    const distance = paperDistance(instance);
    for (let t = 0; t < k; t++)
      if (members[t].length > 0) value += territoryValue(instance, distance, members[t], loads[t]);
    value *= instance.scale ?? 1;
  }
  feasible &&= value < Infinity;
  return { value, feasible, gap: (value - bestKnown.value) / bestKnown.value, parts, least, most };
}

/** Infinity when no member has the capacity to be the centre. */
function territoryValue(instance, distance, members, load) {
  const { units, capacities, objectiveWeighted = true } = instance;
  const square = instance.objective === 'moment-of-inertia';
  const candidates = nearestToMean(units, members);
  let best = Infinity;
  for (const c of square && objectiveWeighted ? candidates.slice(0, CENTERS_TRIED) : candidates) {
    if (capacities && capacities[c] < load - 1e-9) continue;
    let sum = 0;
    for (const u of members) {
      const d = distance(u, c);
      sum += (objectiveWeighted ? units[u].weight : 1) * (square ? d * d : d);
      if (sum >= best) break;
    }
    best = Math.min(best, sum);
  }
  return best;
}

function nearestToMean(units, members) {
  let [x, y, total] = [0, 0, 0];
  for (const u of members) {
    const weight = units[u].weight || 1e-9;
    x += weight * units[u].x;
    y += weight * units[u].y;
    total += weight;
  }
  const away = new Map(members.map((u) => [u, Math.hypot(units[u].x - x / total, units[u].y - y / total)]));
  return [...members].sort((a, b) => away.get(a) - away.get(b));
}
