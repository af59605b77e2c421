import { TerritoryError } from '../errors.js';
import type { Problem } from '../types.js';
import { ABI_VERSION, KERNEL_ARRAY, KERNEL_PHASES, type KernelExports } from './abi.js';
import type { CreateKernel, Kernel } from './kernel.js';
import { loadProblem } from './load-problem.js';

/**
 * Instantiates the kernel and loads a problem into it. O(n + E).
 * @throws {TerritoryError} WASM_LOAD_FAILED when the module is not this version's kernel, OUT_OF_MEMORY when the
 *   problem does not fit.
 */
export const createKernel: CreateKernel = (module, problem) => {
  const exports = instantiateKernel(module);
  try {
    loadProblem(exports, problem);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      const n = problem.ids.length;
      throw new TerritoryError('OUT_OF_MEMORY', `A problem of ${n} units does not fit into memory: ${error.message}`, {
        units: n,
      });
    }
    throw error;
  }
  return wrap(exports, problem);
};

/** A fresh instance without a problem. The debug kernel reports assertions through `abort`. */
export function instantiateKernel(module: WebAssembly.Module): KernelExports {
  let exports: KernelExports;
  try {
    const abort = (_message: number, _file: number, line: number, column: number): never => {
      throw new WebAssembly.RuntimeError(`kernel assertion at ${line}:${column}`);
    };
    exports = new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as KernelExports;
  } catch (error) {
    throw new TerritoryError('WASM_LOAD_FAILED', `The kernel could not be instantiated: ${(error as Error).message}`);
  }
  const version: unknown = exports.ABI_VERSION?.value;
  if (version !== ABI_VERSION) {
    throw new TerritoryError('WASM_LOAD_FAILED', `The kernel has interface version ${version}, not ${ABI_VERSION}`);
  }
  return exports;
}

function wrap(exports: KernelExports, problem: Problem): Kernel {
  const n = problem.ids.length;
  return {
    start: ({ seed, start, moveLimit }) => exports.start(seed, start, moveLimit),
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
    get violation() {
      return exports.getViolation();
    },
    get cost() {
      return exports.getCost();
    },
    assignment: () =>
      new Int32Array(exports.memory.buffer, exports.address(KERNEL_ARRAY.bestAssignment) >>> 0, n).slice(),
  };
}
