import fc from 'fast-check';
import { cellToChildren, isValidCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { idOf, keyOf } from '../../src/problem/cell-keys.js';
import { LIST_FAULTS } from '../../src/problem/cell-module.js';
import { indexCells } from '../../src/problem/indexed-cells.js';
import { cellModule, sampleCells } from './cell-samples.js';

/** What the module says of the indexes: the fault and its row, or keys and rows. */
function read(target: 'release' | 'debug', indexes: readonly bigint[]) {
  const module = cellModule(target);
  const halves = module.listHalves(indexes.length);
  new BigUint64Array(halves.buffer, halves.byteOffset, indexes.length).set(indexes);
  const bad = module.exports.checkList(indexes.length);
  if (bad >= 0) return { fault: LIST_FAULTS[module.exports.getFault()], row: bad };
  const repeated = module.exports.sortList(indexes.length);
  if (repeated >= 0) return { fault: LIST_FAULTS[module.exports.getFault()], row: repeated };
  return { keys: [...module.listKeys(indexes.length)], rows: [...module.listRows(indexes.length)] };
}

const bitsOf = (cell: string) => BigInt(`0x${cell}`);

describe.each(['release', 'debug'] as const)('lists of the %s module', (target) => {
  const cells = [0, 1, 5, 9, 15].flatMap((resolution) => sampleCells(resolution).slice(0, 800));

  it('tell cells from other bits as H3 does', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cells), fc.array(fc.nat(63), { maxLength: 3 }), (cell, flips) => {
        const index = flips.reduce((bits, flip) => bits ^ (1n << BigInt(flip)), bitsOf(cell));
        const valid = isValidCell(index.toString(16));
        expect(read(target, [index])).toEqual(
          valid ? { keys: [keyOf(index.toString(16))], rows: [0] } : { fault: 'invalid', row: 0 },
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('are sorted with their rows, and name the first row that repeats a cell', () => {
    const pool = cellToChildren('8326acfffffffff', 5);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 60 }), (list) => {
        const repeated = list.findIndex((cell, row) => list.indexOf(cell) < row);
        const order = list.map((_, row) => row).sort((a, b) => keyOf(list[a]!) - keyOf(list[b]!));
        expect(read(target, list.map(bitsOf))).toEqual(
          repeated < 0
            ? { keys: order.map((row) => keyOf(list[row]!)), rows: order }
            : { fault: 'repeated', row: repeated },
        );
      }),
    );
  });

  it('hold one resolution only', () => {
    const list = ['852830d3fffffff', '852830dbfffffff', '862830d37ffffff'].map(bitsOf);
    expect(read(target, list)).toEqual({ fault: 'resolution', row: 2 });
  });

  it('sort thousands of cells of the finest resolution', () => {
    const list = sampleCells(15);
    const sorted = read(target, list.map(bitsOf));
    expect(sorted.keys?.map((key) => idOf(key, 15))).toEqual(list.slice().sort());
    expect(sorted.rows?.map((row) => list[row])).toEqual(list.slice().sort());
  });

  it('find units among cells that are scattered or dense', () => {
    for (const resolution of [0, 1, 2, 6, 15]) {
      const all = sampleCells(resolution);
      for (const share of [1, 3, 50]) {
        const keys = Float64Array.from(
          all.filter((_, c) => c % share === 0),
          keyOf,
        ).sort();
        const unitOf = new Map(Array.from(keys, (key, u) => [key, u]));
        const module = cellModule(target);
        const { around } = indexCells(keys, resolution, module);
        module.chunk.keys.set(keys.subarray(0, 4096));
        module.exports.lookAroundKeys(Math.min(4096, keys.length), resolution);
        const expected = Array.from(
          module.chunk.around.subarray(0, 6 * Math.min(4096, keys.length)),
          (key) => unitOf.get(key) ?? -1,
        );
        expect(Array.from(around.subarray(0, expected.length))).toEqual(expected);
      }
    }
  });
});
