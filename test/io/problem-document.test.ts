import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlanDocument, parseProblemDocument, problemToDocument, stringifyDocument } from '../../src/io/index.js';
import type { ProblemInput } from '../../src/types.js';

const parse = (value: unknown): ProblemInput => parseProblemDocument(JSON.stringify(value));

describe('parseProblemDocument', () => {
  it('returns everything but the version', () => {
    const input = { name: 'two', cells: [{ cell: '852830d3fffffff', activity: { hours: 1 } }], territories: 1 };
    expect(parse({ equiterra: 1, ...input })).toEqual(input);
  });

  it.each([
    ['[]', 'document', 'an array of 0'],
    ['null', 'document', 'null'],
    ['3', 'document', '3'],
    ['"text"', 'document', '"text"'],
    ['{}', 'equiterra', 'undefined'],
    ['{"equiterra":"1"}', 'equiterra', '"1"'],
    ['{"equiterra":0}', 'equiterra', 'must be 1'],
    ['{"equiterra":2}', 'equiterra', 'newer version'],
    ['{"equiterra":1.5}', 'equiterra', 'newer version'],
    ['{"equiterra":1,"plan":true}', 'plan', 'this is a plan document'],
  ])('rejects %s', (text, path, message) => {
    expect(() => parseProblemDocument(text)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(message),
        details: expect.objectContaining({ path }),
      }),
    );
  });

  it('keeps a __proto__ key as a key', () => {
    const text = '{"equiterra":1,"__proto__":{"polluted":true},"cells":[{"activity":{"__proto__":1}}],"territories":1}';
    const input = parseProblemDocument(text);
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    expect(Object.hasOwn(input, '__proto__')).toBe(true);
    expect('polluted' in {}).toBe(false);
    expect(problemToDocument(input)).toEqual({ equiterra: 1, ...input });
    expect(stringifyDocument(problemToDocument(input)).trim()).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('does not take a version or a plan mark from a prototype', () => {
    expect(() => parseProblemDocument('{"__proto__":{"equiterra":1}}')).toThrow('equiterra must be 1');
    expect(isPlanDocument(JSON.parse('{"__proto__":{"plan":true}}'))).toBe(false);
  });
});

describe('problemToDocument', () => {
  it('comes back from its text as it went in', () => {
    const activity = fc.dictionary(fc.string(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }));
    const input = fc.record(
      {
        name: fc.string(),
        units: fc.array(
          fc.record(
            { id: fc.string(), activity, territory: fc.option(fc.string()) },
            { requiredKeys: ['id', 'activity'] },
          ),
        ),
        edges: fc.array(fc.tuple(fc.nat(), fc.nat())),
        territories: fc.nat(),
        contiguity: fc.constantFrom('required' as const, 'off' as const),
      },
      { requiredKeys: ['territories'] },
    );
    fc.assert(
      fc.property(input, (value: ProblemInput) => {
        expect(parseProblemDocument(stringifyDocument(problemToDocument(value)))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it('writes typed arrays as arrays and leaves out absent values', () => {
    const document = problemToDocument({
      name: undefined,
      accounts: { lat: Float64Array.of(1.5), lng: Float32Array.of(2.5), activity: { hours: Int32Array.of(3) } },
      resolution: 5,
      territories: 1,
    } as unknown as ProblemInput);
    expect(JSON.parse(stringifyDocument(document))).toEqual({
      equiterra: 1,
      accounts: { lat: [1.5], lng: [2.5], activity: { hours: [3] } },
      resolution: 5,
      territories: 1,
    });
  });

  it('writes 64-bit H3 indexes as ids', () => {
    const cells = { cell: BigUint64Array.of(0x852830d3fffffffn), activity: { hours: [3] } };
    expect(problemToDocument({ cells, territories: 1 }).cells).toEqual({
      cell: ['852830d3fffffff'],
      activity: { hours: [3] },
    });
  });

  it.each([
    ['accounts.lat[1]', { accounts: { lat: Float64Array.of(1, Number.NaN), lng: [1, 2] }, territories: 1 }],
    ['balance.hours.upper', { balance: { hours: { upper: Number.POSITIVE_INFINITY } }, territories: 1 }],
    ['territories', { territories: 1n }],
    ['ground', { ground: () => 1, territories: 1 }],
  ])('names %s when JSON cannot hold it', (path, input) => {
    expect(() => problemToDocument(input as unknown as ProblemInput)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('ends a value that holds itself in an error', () => {
    const input: Record<string, unknown> = { territories: 1 };
    input.ground = input;
    expect(() => problemToDocument(input as unknown as ProblemInput)).toThrow('must not be nested deeper');
  });
});
