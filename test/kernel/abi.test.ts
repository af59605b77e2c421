import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { ABI_VERSION, KERNEL_ARRAY } from '../../src/kernel/abi.js';
import { createKernel, instantiateKernel } from '../../src/kernel/create-kernel.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { kernelModule, loadKernel, runKernel, TARGETS, writeAssignment } from './kernel-fixture.js';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module with nothing but an exported constant of the kernel's name. */
function versionModule(version: number): WebAssembly.Module {
  const name = [...new TextEncoder().encode('ABI_VERSION')];
  const global = [6, 6, 1, 0x7f, 0, 0x41, version, 0x0b];
  const exported = [7, name.length + 4, 1, name.length, ...name, 3, 0];
  return new WebAssembly.Module(Uint8Array.from([...HEADER, ...global, ...exported]));
}

/** A module that asks for a function which no host of the kernel gives. */
function needyModule(): WebAssembly.Module {
  const type = [1, 4, 1, 0x60, 0, 0];
  const imported = [2, 7, 1, 1, 0x78, 1, 0x79, 0, 0];
  return new WebAssembly.Module(Uint8Array.from([...HEADER, ...type, ...imported]));
}

function refusal(module: WebAssembly.Module): TerritoryError {
  try {
    instantiateKernel(module);
  } catch (error) {
    expect(error).toBeInstanceOf(TerritoryError);
    return error as TerritoryError;
  }
  throw new Error('the module was taken for a kernel');
}

const problem = tinyProblem({
  activity: [[1, 2, 3, 4, 5, 6]],
  edges: gridEdges(3, 2),
  xy: gridXy(3, 2),
  territories: territories(2),
});

describe('a module that is not this version’s kernel is refused with WASM_LOAD_FAILED', () => {
  it('when it has another version, which the message names', () => {
    const error = refusal(versionModule(ABI_VERSION + 1));
    expect(error.code).toBe('WASM_LOAD_FAILED');
    expect(error.message).toContain(`version ${ABI_VERSION + 1}, not ${ABI_VERSION}`);
  });

  it('when it exports nothing', () => {
    expect(refusal(new WebAssembly.Module(Uint8Array.from(HEADER))).code).toBe('WASM_LOAD_FAILED');
  });

  it('when it imports what the host does not have', () => {
    expect(refusal(needyModule()).code).toBe('WASM_LOAD_FAILED');
    expect(() => createKernel(needyModule(), problem)).toThrow(TerritoryError);
  });
});

describe('the kernel’s interface', () => {
  it('imports nothing in the release module and nothing but abort in the debug module', () => {
    expect(WebAssembly.Module.imports(kernelModule('release'))).toEqual([]);
    const debug = WebAssembly.Module.imports(kernelModule('debug')).map(({ module, name }) => `${module}.${name}`);
    expect(debug.filter((name) => name !== 'env.abort')).toEqual([]);
  });

  it.each(TARGETS)('has every array at an address of its own in the %s module', (target) => {
    const exports = loadKernel(problem, target);
    const addresses = Object.values(KERNEL_ARRAY).map((array) => exports.address(array) >>> 0);
    for (const address of addresses) expect(address).toBeGreaterThan(0);
    // arrays of this problem that have no elements may share one place
    const { cutWeight, ring, todayTerritory, todayValue } = KERNEL_ARRAY;
    const empty: number[] = [cutWeight, ring, todayTerritory, todayValue];
    const filled = addresses.filter((_, array) => !empty.includes(array));
    expect(new Set(filled).size).toBe(filled.length);
  });

  it('does not grow its memory after the problem is loaded, so that views stay valid', () => {
    const exports = loadKernel(problem, 'release');
    const { buffer } = exports.memory;
    exports.start(1, 0, 5000);
    while (exports.getFraction() < 1) exports.step(1000, 0);
    writeAssignment(exports, [0, 0, 0, 1, 1, 1]);
    expect(exports.memory.buffer).toBe(buffer);
    expect(buffer.byteLength).toBeGreaterThan(0);
  });

  it('refuses a problem that cannot fit before it takes any memory', () => {
    const ids: string[] = [];
    ids.length = 100_000_000;
    const call = () => createKernel(kernelModule('release'), { ...problem, ids });
    expect(call).toThrow(expect.objectContaining({ code: 'OUT_OF_MEMORY', details: { units: 100_000_000 } }));
  });

  it('has no plan before the first is made, and says so', () => {
    const kernel = createKernel(kernelModule('release'), problem);
    kernel.start({ seed: 1, start: 0, moveLimit: 1000 });
    expect(kernel.hasPlan).toBe(false);
    expect(kernel.phase).toBe('construct');
    expect(kernel.moves).toBe(0);
    expect(kernel.fraction).toBe(0);
    kernel.finish();
    expect(kernel.hasPlan).toBe(true);
    expect(kernel.phase).toBe('done');
    expect(kernel.fraction).toBe(1);
  });

  it('hands out copies of the plan', () => {
    const { kernel, assignment } = runKernel(problem, { moveLimit: 500 });
    const before = assignment.slice();
    assignment.fill(7);
    expect(kernel.assignment()).toEqual(before);
  });
});
