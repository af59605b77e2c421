import { TerritoryError } from '../errors.js';
import type { Problem } from '../types.js';
import { ABI_VERSION, KERNEL_ARRAY, KERNEL_PHASES, type KernelArray, type KernelExports } from './abi.js';
import { type Contraction, contractGroups } from './contract.js';
import { weighsCuts } from './cut-weights.js';
import type { CreateKernel, Kernel } from './kernel.js';
import { balancedMeasures, readKernelInput } from './kernel-input.js';
import { loadInput } from './load-problem.js';

/**
 * Instantiates the kernel and loads a problem into it. O(n + E).
 * @throws {TerritoryError} WASM_LOAD_FAILED when the module is not this version's kernel, OUT_OF_MEMORY when the
 *   problem does not fit.
 */
export const createKernel: CreateKernel = (module, problem) => {
  const least = leastBytes(problem);
  if (least > ADDRESSABLE_BYTES) throw outOfMemory(problem, `it takes more than ${least} bytes`);
  try {
    const exports = instantiateKernel(module);
    const contraction = contractGroups(readKernelInput(problem));
    loadInput(exports, contraction.input);
    return wrap(exports, contraction, (error) => memoryError(problem, error));
  } catch (error) {
    throw memoryError(problem, error);
  }
};

/** What is thrown while the kernel allocates, as a typed error: it traps where its memory cannot grow. */
function memoryError(problem: Problem, error: unknown): unknown {
  const trapped = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  return trapped ? outOfMemory(problem, error.message) : error;
}

/** What a WebAssembly memory of 32-bit addresses can hold. */
const ADDRESSABLE_BYTES = 2 ** 32;

/** Bytes of the arrays that the problem is copied to and the plans: the kernel takes more, so what fails this cannot fit. */
function leastBytes(problem: Problem): number {
  const { ids, neighbors, ring } = problem;
  const perUnit = 4 * 8 + 8 + 8 * balancedMeasures(problem).length + 3 * 4 + (ring ? 6 * 4 : 0);
  const perMatrix = 8 * (problem.demands?.matrix?.length ?? 0);
  return ids.length * perUnit + neighbors.length * (4 + (weighsCuts(problem) ? 8 : 0)) + perMatrix;
}

function outOfMemory(problem: Problem, why: string): TerritoryError {
  const units = problem.ids.length;
  return new TerritoryError('OUT_OF_MEMORY', `A problem of ${units} units does not fit into memory: ${why}`, { units });
}

/** A fresh instance without a problem. The debug kernel reports assertions through `abort`. */
export function instantiateKernel(module: WebAssembly.Module): KernelExports {
  let exports: KernelExports;
  try {
    const abort = (_message: number, _file: number, line: number, column: number): never => {
      throw new WebAssembly.RuntimeError(`kernel assertion at ${line}:${column}`);
    };
    exports = new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as KernelExports;
  } catch (error) {
    // engines say so of a memory that they have no room for
    if (error instanceof RangeError) throw error;
    throw new TerritoryError('WASM_LOAD_FAILED', `The kernel could not be instantiated: ${(error as Error).message}`);
  }
  const version: unknown = exports.ABI_VERSION?.value;
  if (version !== ABI_VERSION) {
    throw new TerritoryError('WASM_LOAD_FAILED', `The kernel has interface version ${version}, not ${ABI_VERSION}`);
  }
  return exports;
}

function wrap(
  exports: KernelExports,
  { input, exact, expand, contract, brokenPieces }: Contraction,
  typed: (error: unknown) => unknown,
): Kernel {
  const n = input.units;
  const { costBefore } = input;
  // it is a bound on distances, and on whole units
  const boundHolds = exact && !input.matrix;
  const at = (array: KernelArray) => exports.address(array) >>> 0;
  const ints = (array: KernelArray) => new Int32Array(exports.memory.buffer, at(array), n);
  const lessons = () => new Float64Array(exports.memory.buffer, at(KERNEL_ARRAY.lessons), exports.lessonsLength());
  return {
    start({ seed, start, moveLimit, from, others }) {
      if (!from) return exports.start(seed, start, moveLimit);
      ints(KERNEL_ARRAY.assignment).set(contract(from.assignment));
      lessons().set(from.lessons);
      exports.resume(seed, start, moveLimit);
      for (const plan of others ?? []) {
        ints(KERNEL_ARRAY.assignment).set(contract(plan));
        exports.admit();
      }
    },
    step: (effort, timeFraction) => exports.step(effort, timeFraction),
    finish: () => exports.finish(),
    get phase() {
      return KERNEL_PHASES[exports.getPhase()]!;
    },
    get moves() {
      return exports.getMoves();
    },
    get fraction() {
      return exports.getFraction();
    },
    get hasPlan() {
      return exports.getHasPlan() !== 0;
    },
    get proven() {
      return exact && exports.getProven() !== 0;
    },
    get violation() {
      const violation = exports.getViolation();
      return violation < Infinity ? violation + brokenPieces(ints(KERNEL_ARRAY.bestAssignment)) : violation;
    },
    get cost() {
      return exports.getCost() + costBefore;
    },
    assignment: () => expand(ints(KERNEL_ARRAY.bestAssignment).slice()),
    lessons: () => lessons().slice(),
    beginBound(assignment, cost, effortLimit) {
      if (!boundHolds) return;
      try {
        exports.allocateForBound();
      } catch (error) {
        throw typed(error);
      }
      ints(KERNEL_ARRAY.bestAssignment).set(contract(assignment));
      exports.beginBound(cost - costBefore, effortLimit);
    },
    continueBound: (effort, timeFraction) => exports.continueBound(effort, timeFraction),
    get boundDone() {
      return !boundHolds || exports.getBoundDone() !== 0;
    },
    get bound() {
      const bound = exports.getBound();
      return boundHolds && bound > -Infinity ? bound + costBefore : null;
    },
  };
}
