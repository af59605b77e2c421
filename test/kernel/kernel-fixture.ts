/** Kernels of both targets, with a problem loaded: raw exports for scores and deltas, whole runs for plans. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { KERNEL_ARRAY, type KernelExports } from '../../src/kernel/abi.js';
import { createKernel, instantiateKernel } from '../../src/kernel/create-kernel.js';
import type { Kernel } from '../../src/kernel/kernel.js';
import { loadProblem } from '../../src/kernel/load-problem.js';
import type { Problem } from '../../src/types.js';

export const TARGETS = ['release', 'debug'] as const;
/** The debug kernel checks every index and traps on a bad one; the release kernel is what is shipped. */
export type Target = (typeof TARGETS)[number];

const FILES = { release: 'kernel.wasm', debug: 'kernel.debug.wasm' } as const;
const modules = new Map<Target, WebAssembly.Module>();

/** The compiled kernel, read once. */
export function kernelModule(target: Target): WebAssembly.Module {
  let module = modules.get(target);
  if (!module) {
    const file = fileURLToPath(new URL(`../../build/${FILES[target]}`, import.meta.url));
    modules.set(target, (module = new WebAssembly.Module(readFileSync(file))));
  }
  return module;
}

/** A fresh instance with the problem loaded. */
export function loadKernel(problem: Problem, target: Target = 'debug'): KernelExports {
  const exports = instantiateKernel(kernelModule(target));
  loadProblem(exports, problem);
  return exports;
}

/** Makes `assignment` the current one, sums included. */
export function writeAssignment(exports: KernelExports, assignment: ArrayLike<number>): void {
  const at = exports.address(KERNEL_ARRAY.assignment) >>> 0;
  new Int32Array(exports.memory.buffer, at, assignment.length).set(assignment);
  exports.recountAll();
}

/** Copy of the current assignment; mid-run it is what the search works on, not the best plan. */
export function readAssignment(exports: KernelExports, units: number): Int32Array {
  return new Int32Array(exports.memory.buffer, exports.address(KERNEL_ARRAY.assignment) >>> 0, units).slice();
}

export interface RunOptions {
  /** @default 'release' */
  readonly target?: Target;
  /** @default 1 */
  readonly seed?: number;
  /** @default 0 */
  readonly start?: number;
  /** @default 20,000 */
  readonly moveLimit?: number;
  /** Per step. @default 100,000 */
  readonly effort?: number;
}

/** Runs a kernel from its start to its end. */
export function runToEnd(kernel: Kernel, options: RunOptions = {}): Int32Array {
  const { seed = 1, start = 0, moveLimit = 20_000, effort = 100_000 } = options;
  kernel.start({ seed, start, moveLimit });
  while (kernel.phase !== 'done') kernel.step(effort, 0);
  return kernel.assignment();
}

/** One whole run on a fresh instance. */
export function runKernel(problem: Problem, options: RunOptions = {}): { kernel: Kernel; assignment: Int32Array } {
  const kernel = createKernel(kernelModule(options.target ?? 'release'), problem);
  return { kernel, assignment: runToEnd(kernel, options) };
}

/** Best of several starts, as a search reduces them: by violation, then cost, then start. */
export function runStarts(problem: Problem, starts: number, options: RunOptions = {}): Outcome {
  const kernel = createKernel(kernelModule(options.target ?? 'release'), problem);
  let best: Outcome | null = null;
  for (let start = 0; start < starts; start++) {
    const assignment = runToEnd(kernel, { ...options, start });
    const { violation, cost } = kernel;
    if (!best || violation < best.violation || (violation === best.violation && cost < best.cost)) {
      best = { assignment, violation, cost };
    }
  }
  return best!;
}

export interface Outcome {
  readonly assignment: Int32Array;
  readonly violation: number;
  readonly cost: number;
}

/** A territory for every unit, drawn at random. */
export function randomAssignment(problem: Problem): fc.Arbitrary<Int32Array> {
  const n = problem.ids.length;
  const t = fc.nat(problem.territories.length - 1);
  return fc.array(t, { minLength: n, maxLength: n }).map((list) => Int32Array.from(list));
}

/** 32-bit FNV-1a over the bytes of an assignment: one short word per plan. */
export function hashAssignment(assignment: Int32Array): string {
  let hash = 0x811c9dc5;
  for (const t of assignment) hash = Math.imul(hash ^ (t + 1), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
