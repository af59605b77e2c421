/**
 * Annealed shifts of border units in plain JavaScript over typed arrays: what the kernel's inner loop would be without
 * WebAssembly, written as one would write it by hand. Inertia about weighted means, one balanced measure priced by the
 * square of what is beyond its bounds, contiguity by the ring test; a delta costs O(1).
 */
import { EARTH_RADIUS_KM, toSphere } from '../instances/cell-geometry.mjs';
import { createBorder } from './border.mjs';
import { createRandom } from './random.mjs';
import { createRingTest } from './ring-test.mjs';

/** x, y, z weighted, the weight, and the weighted square of the distance from the origin. */
const SUMS = 5;

/**
 * @param problem a prepared problem of cells, with free centroids and power 2
 * @param {Int32Array} first a complete, contiguous assignment
 * @param {{ seed: number, price: number }} options `price` of a squared relative violation
 */
export function createPlainAnneal(problem, first, { seed, price }) {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const m = problem.measures.indexOf(problem.objective.weight);
  const weights = problem.activity.subarray(m * n, (m + 1) * n);
  const { offsets, neighbors } = problem;
  const [lower, upper] = [problem.lower.subarray(m * k, (m + 1) * k), problem.upper.subarray(m * k, (m + 1) * k)];
  const target = problem.target.subarray(m * k, (m + 1) * k);
  const assignment = first.slice();
  const random = createRandom(seed);
  const staysConnected = createRingTest(problem, assignment);
  const border = createBorder(problem, assignment);
  const points = placePoints(problem);
  const sums = new Float64Array(SUMS * k);
  for (let u = 0; u < n; u++) addUnit(u, assignment[u], 1);
  /** The move that was drawn last. */
  let unit = 0;
  let to = 0;
  let cost = 0;
  for (let t = 0; t < k; t++) cost += costWith(t, 0);

  return {
    assignment,
    get cost() {
      return cost;
    },
    /** Proposes `moves` shifts at a temperature; gives how many were accepted. */
    step(moves, temperature) {
      let accepted = 0;
      for (let i = 0; i < moves; i++) if (propose(temperature)) accepted++;
      return accepted;
    },
    /** Middle size of the change that a proposal makes: a scale for temperatures that a few bad moves do not bend. */
    scale(samples) {
      const sizes = new Float64Array(samples);
      for (let i = 0; i < samples; i++) {
        draw();
        sizes[i] = Math.abs(drawnDelta());
      }
      return sizes.sort()[samples >> 1];
    },
  };

  /** A border unit; `to` is the territory of a neighbour beyond the border. */
  function draw() {
    unit = border.units[Math.floor(random() * border.count)];
    do {
      to = assignment[neighbors[offsets[unit] + Math.floor(random() * (offsets[unit + 1] - offsets[unit]))]];
    } while (to === assignment[unit]);
  }

  function propose(temperature) {
    draw();
    const delta = drawnDelta();
    if (delta > 0 && !(random() < Math.exp(-delta / temperature))) return false;
    if (!staysConnected(unit)) return false;
    addUnit(unit, assignment[unit], -1);
    addUnit(unit, to, 1);
    assignment[unit] = to;
    border.update(unit);
    cost += delta;
    return true;
  }

  function drawnDelta() {
    const from = assignment[unit];
    return costWith(from, -1) + costWith(to, 1) - costWith(from, 0) - costWith(to, 0);
  }

  function addUnit(u, t, sign) {
    const w = sign * weights[u];
    const at = SUMS * t;
    const x = points[3 * u];
    const y = points[3 * u + 1];
    const z = points[3 * u + 2];
    sums[at] += w * x;
    sums[at + 1] += w * y;
    sums[at + 2] += w * z;
    sums[at + 3] += w;
    sums[at + 4] += w * (x * x + y * y + z * z);
  }

  /** Cost of a territory with the drawn unit taken away (−1), added (1) or left alone (0). */
  function costWith(t, sign) {
    const at = SUMS * t;
    const w = sign * weights[unit];
    const x = points[3 * unit];
    const y = points[3 * unit + 1];
    const z = points[3 * unit + 2];
    const load = sums[at + 3] + w;
    if (load <= 0) return price;
    const beyond = Math.max(0, load - upper[t], lower[t] - load) / target[t];
    const sx = sums[at] + w * x;
    const sy = sums[at + 1] + w * y;
    const sz = sums[at + 2] + w * z;
    const square = sums[at + 4] + w * (x * x + y * y + z * z);
    return square - (sx * sx + sy * sy + sz * sz) / load + price * beyond * beyond;
  }
}

/** Kilometres from the middle of all units, so that squares stay small beside what they are subtracted from. */
function placePoints({ ids, lngLat }) {
  const points = new Float64Array(3 * ids.length);
  const middle = [0, 0, 0];
  for (let u = 0; u < ids.length; u++) {
    const point = toSphere(lngLat[2 * u + 1], lngLat[2 * u]);
    for (let axis = 0; axis < 3; axis++) {
      points[3 * u + axis] = EARTH_RADIUS_KM * point[axis];
      middle[axis] += points[3 * u + axis] / ids.length;
    }
  }
  for (let i = 0; i < points.length; i++) points[i] -= middle[i % 3];
  return points;
}
