import type { Problem } from '../types.js';
import { KERNEL_ARRAY, type KernelArray, type KernelExports } from './abi.js';
import { type KernelInput, readKernelInput } from './kernel-input.js';

/** Writes a problem into a fresh kernel instance, its groups not contracted. */
export function loadProblem(exports: KernelExports, problem: Problem): void {
  loadInput(exports, readKernelInput(problem));
}

/** Writes an input into a fresh kernel instance. Allocates first and views after: views die when memory grows. */
export function loadInput(exports: KernelExports, input: KernelInput): void {
  const { units: n, territories: k, measures, today, mix } = input;
  const M = measures.length;
  const slots = input.neighbors.length;
  const limits = input.limitMost.length;
  exports.allocate(
    n,
    slots,
    k,
    M,
    input.balanced,
    today.territory.length,
    input.ring ? 1 : 0,
    input.writeCuts ? 1 : 0,
    input.permitRow ? input.allowed.length / k : 0,
    limits,
    input.matrix ? 1 : 0,
    mix ? mix.measure.length : 0,
    input.sites.length / 3,
  );

  const at = (array: KernelArray) => exports.address(array) >>> 0;
  const { buffer } = exports.memory;
  const ints = (array: KernelArray, length: number) => new Int32Array(buffer, at(array), length);
  const bytes = (array: KernelArray, length: number) => new Uint8Array(buffer, at(array), length);
  const floats = (array: KernelArray, length: number) => new Float64Array(buffer, at(array), length);

  ints(KERNEL_ARRAY.offsets, n + 1).set(input.offsets);
  ints(KERNEL_ARRAY.neighbors, slots).set(input.neighbors);
  const cutFactor = input.writeCuts ? input.writeCuts(floats(KERNEL_ARRAY.cutWeight, slots)) : 0;
  if (input.ring) ints(KERNEL_ARRAY.ring, 6 * n).set(input.ring);

  const place = floats(KERNEL_ARRAY.place, 4 * n);
  for (let u = 0; u < n; u++) {
    for (let d = 0; d < 3; d++) place[4 * u + d] = input.points[3 * u + d]!;
  }
  floats(KERNEL_ARRAY.weight, n).set(input.weight);

  const activity = floats(KERNEL_ARRAY.activity, n * M);
  const { lower, upper, target, base } = input.loads;
  const perTerritory = [
    [floats(KERNEL_ARRAY.lower, k * M), lower],
    [floats(KERNEL_ARRAY.upper, k * M), upper],
    [floats(KERNEL_ARRAY.target, k * M), target],
    [floats(KERNEL_ARRAY.base, k * M), base],
  ] as const;
  measures.forEach((m, i) => {
    for (let u = 0; u < n; u++) activity[u * M + i] = input.activity[m * n + u]!;
    for (const [to, from] of perTerritory) if (from) for (let t = 0; t < k; t++) to[t * M + i] = from[m * k + t]!;
  });

  floats(KERNEL_ARRAY.fixedCenter, 4 * k).set(input.fixedCenter);
  bytes(KERNEL_ARRAY.locked, k).set(input.locked);
  // where none must be of one piece the kernel asks no more
  if (input.contiguous) bytes(KERNEL_ARRAY.mayScatter, k).set(input.mayScatter);
  ints(KERNEL_ARRAY.initial, n).set(input.initial);
  if (input.permitRow) {
    ints(KERNEL_ARRAY.permitRow, n).set(input.permitRow);
    bytes(KERNEL_ARRAY.permitAllowed, input.allowed.length).set(input.allowed);
  }
  ints(KERNEL_ARRAY.todayOffsets, n + 1).set(today.offsets);
  ints(KERNEL_ARRAY.todayTerritory, today.territory.length).set(today.territory);
  floats(KERNEL_ARRAY.todayValue, today.value.length).set(today.value);
  floats(KERNEL_ARRAY.limitAmount, today.amount.length).set(today.amount);
  floats(KERNEL_ARRAY.limitMost, limits).set(input.limitMost);
  floats(KERNEL_ARRAY.limitScale, limits).set(input.limitScale);
  floats(KERNEL_ARRAY.site, input.sites.length).set(input.sites);
  if (input.matrix) floats(KERNEL_ARRAY.matrix, n * k).set(input.matrix);
  if (mix) {
    ints(KERNEL_ARRAY.mixMeasure, mix.measure.length).set(mix.measure);
    floats(KERNEL_ARRAY.mixTarget, mix.target.length).set(mix.target);
    floats(KERNEL_ARRAY.mixScale, k).set(mix.scale);
  }

  exports.configure(
    input.inertia,
    cutFactor,
    input.disruption,
    input.power,
    input.unitCenters ? 1 : 0,
    input.sphereRadius,
    input.contiguous ? 1 : 0,
    input.hasPlaces ? 1 : 0,
  );
  exports.configureDemands(mix ? mix.factor : 0, input.unavoidable);
  exports.prepare();
}
