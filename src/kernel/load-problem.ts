import { EARTH_RADIUS_KM, fixedCentersKm, hasPositions, positionsKm } from '../metrics/positions.js';
import { unitWeights } from '../metrics/weights.js';
import type { Problem } from '../types.js';
import { KERNEL_ARRAY, type KernelArray, type KernelExports } from './abi.js';
import { weighsCuts, writeCutWeights } from './cut-weights.js';
import { listTodayEntries } from './today-entries.js';

/** Measures that some bound holds; the first measure alone where none does, so that territories still have a size. */
export function balancedMeasures(problem: Problem): number[] {
  const k = problem.territories.length;
  const balanced = problem.measures
    .map((_, m) => m)
    .filter((m) => {
      for (let i = m * k; i < (m + 1) * k; i++)
        if (problem.upper[i]! < Infinity || problem.lower[i]! > -Infinity) return true;
      return false;
    });
  return balanced.length > 0 ? balanced : [0];
}

/** Writes a problem into a fresh kernel instance. Allocates first and views after: views die when memory grows. */
export function loadProblem(exports: KernelExports, problem: Problem): void {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const slots = problem.neighbors.length;
  const measures = balancedMeasures(problem);
  const M = measures.length;
  const today = listTodayEntries(problem);
  const { objective } = problem;
  const withCuts = weighsCuts(problem);
  exports.allocate(n, slots, k, M, today.territory.length, problem.ring ? 1 : 0, withCuts ? 1 : 0);

  const at = (array: KernelArray) => exports.address(array) >>> 0;
  const { buffer } = exports.memory;
  const ints = (array: KernelArray, length: number) => new Int32Array(buffer, at(array), length);
  const floats = (array: KernelArray, length: number) => new Float64Array(buffer, at(array), length);

  ints(KERNEL_ARRAY.offsets, n + 1).set(problem.offsets);
  ints(KERNEL_ARRAY.neighbors, slots).set(problem.neighbors);
  const cutFactor = withCuts ? writeCutWeights(problem, floats(KERNEL_ARRAY.cutWeight, slots)) : 0;
  if (problem.ring) ints(KERNEL_ARRAY.ring, 6 * n).set(problem.ring);

  const place = floats(KERNEL_ARRAY.place, 4 * n);
  const points = positionsKm(problem);
  for (let u = 0; u < n; u++) {
    for (let d = 0; d < 3; d++) place[4 * u + d] = points[3 * u + d]!;
  }
  floats(KERNEL_ARRAY.weight, n).set(unitWeights(problem));

  const activity = floats(KERNEL_ARRAY.activity, n * M);
  const bounds = [
    [floats(KERNEL_ARRAY.lower, k * M), problem.lower],
    [floats(KERNEL_ARRAY.upper, k * M), problem.upper],
    [floats(KERNEL_ARRAY.target, k * M), problem.target],
  ] as const;
  measures.forEach((m, i) => {
    for (let u = 0; u < n; u++) activity[u * M + i] = problem.activity[m * n + u]!;
    for (const [to, from] of bounds) for (let t = 0; t < k; t++) to[t * M + i] = from[m * k + t]!;
  });

  const fixedCenter = floats(KERNEL_ARRAY.fixedCenter, 4 * k);
  const centers = fixedCentersKm(problem);
  const locked = new Uint8Array(buffer, at(KERNEL_ARRAY.locked), k);
  problem.territories.forEach((territory, t) => {
    locked[t] = territory.locked ? 1 : 0;
    if (!territory.center) return;
    for (let d = 0; d < 3; d++) fixedCenter[4 * t + d] = centers[3 * t + d]!;
    fixedCenter[4 * t + 3] = 1;
  });
  const initial = ints(KERNEL_ARRAY.initial, n).fill(-1);
  if (problem.today) {
    for (let u = 0; u < n; u++) {
      const t = problem.today[u]!;
      if (t >= 0 && t < k && problem.territories[t]!.locked) initial[u] = t;
    }
  }
  ints(KERNEL_ARRAY.todayOffsets, n + 1).set(today.offsets);
  ints(KERNEL_ARRAY.todayTerritory, today.territory.length).set(today.territory);
  floats(KERNEL_ARRAY.todayValue, today.value.length).set(today.value);

  exports.configure(
    objective.inertia,
    cutFactor,
    objective.disruption,
    objective.power,
    objective.center === 'unit' ? 1 : 0,
    objective.distance === 'great-circle' ? EARTH_RADIUS_KM : 0,
    problem.contiguity === 'required' ? 1 : 0,
    hasPositions(problem) ? 1 : 0,
  );
  exports.prepare();
}
