/**
 * Figures of any plan for a prepared problem, written independently of the library's own metrics: the bench holds its
 * plans and those of the peers to the same ruler.
 */
import { EARTH_RADIUS_KM, toSphere } from '../instances/cell-geometry.mjs';
import { countParts } from './parts.mjs';

/** Bounds may be missed by rounding alone. */
const ROUNDING = 1e-9;

/**
 * @param problem a prepared problem
 * @param {ArrayLike<number>} assignment territory index per unit, −1 for none
 * @returns figures; `cut` leaves out links; `heaviest` and `lightest` are relative to the mean load, per measure; `beyond` is the largest relative
 *   amount beyond a bound; `inertia` is over chords to the weighted mean, null without positions on the sphere
 */
export function measurePlan(problem, assignment) {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const units = new Int32Array(k);
  let unassigned = 0;
  for (let u = 0; u < n; u++) {
    if (assignment[u] >= 0 && assignment[u] < k) units[assignment[u]]++;
    else unassigned++;
  }
  const empty = units.filter((count) => count === 0).length;
  const pieces = countParts(n, edgesOf(problem), assignment) - (k - empty);
  const measures = problem.measures.map((name, m) => measureLoads(problem, assignment, name, m));
  const beyond = Math.max(0, ...measures.map((measure) => measure.beyond));
  let cut = 0;
  for (const [a, b] of edgesOf(problem)) if (assignment[a] !== assignment[b] && !isLink(problem, a, b)) cut++;
  const contiguous = problem.contiguity === 'off' || pieces === 0;
  return {
    feasible: unassigned === 0 && empty === 0 && contiguous && beyond <= ROUNDING,
    unassigned,
    empty,
    pieces,
    beyond,
    cut,
    inertia: problem.lngLat ? inertiaOf(problem, assignment) : null,
    measures,
  };
}

/** Each border once. */
function* edgesOf({ ids, offsets, neighbors }) {
  for (let u = 0; u < ids.length; u++) {
    for (let i = offsets[u]; i < offsets[u + 1]; i++) if (neighbors[i] > u) yield [u, neighbors[i]];
  }
}

/** A link that was added to join what no border joins. There are few. */
function isLink({ ids, links }, a, b) {
  return links.some(([u, v]) => (u === ids[a] && v === ids[b]) || (u === ids[b] && v === ids[a]));
}

function measureLoads({ ids, territories, activity, lower, upper, target }, assignment, name, m) {
  const [n, k] = [ids.length, territories.length];
  const loads = new Float64Array(k);
  for (let u = 0; u < n; u++) if (assignment[u] >= 0) loads[assignment[u]] += activity[m * n + u];
  const mean = loads.reduce((sum, load) => sum + load, 0) / k;
  let beyond = 0;
  for (let t = 0; t < k; t++) {
    const at = m * k + t;
    beyond = Math.max(beyond, (loads[t] - upper[at]) / target[at], (lower[at] - loads[t]) / target[at]);
  }
  return { name, heaviest: Math.max(...loads) / mean - 1, lightest: Math.min(...loads) / mean - 1, beyond };
}

/** Weight · km². The mean of each territory first, then the squares about it. */
function inertiaOf({ ids, territories, activity, measures, objective, lngLat }, assignment) {
  const [n, k] = [ids.length, territories.length];
  const m = measures.indexOf(objective.weight);
  const weight = (u) => (m < 0 ? 1 : activity[m * n + u]);
  const points = new Float64Array(3 * n);
  const sums = new Float64Array(4 * k);
  for (let u = 0; u < n; u++) {
    points.set(toSphere(lngLat[2 * u + 1], lngLat[2 * u]), 3 * u);
    if (assignment[u] < 0) continue;
    const at = 4 * assignment[u];
    for (let axis = 0; axis < 3; axis++) sums[at + axis] += weight(u) * points[3 * u + axis];
    sums[at + 3] += weight(u);
  }
  let inertia = 0;
  for (let u = 0; u < n; u++) {
    const at = 4 * assignment[u];
    if (at < 0 || weight(u) === 0) continue;
    let square = 0;
    for (let axis = 0; axis < 3; axis++) square += (points[3 * u + axis] - sums[at + axis] / sums[at + 3]) ** 2;
    inertia += weight(u) * square;
  }
  return inertia * EARTH_RADIUS_KM * EARTH_RADIUS_KM;
}
