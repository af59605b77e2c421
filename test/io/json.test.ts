import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { parseJson } from '../../src/io/json.js';

function failure(text: string): TerritoryError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof TerritoryError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} was parsed`);
}

describe('parseJson', () => {
  it('parses what JSON.parse parses, with or without a byte order mark', () => {
    fc.assert(
      fc.property(fc.json(), fc.boolean(), (text, mark) => {
        expect(parseJson(mark ? `\uFEFF${text}` : text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['', 1, 1, 'a value'],
    ['  \n ', 2, 2, 'a value'],
    ['{"a":1,}', 1, 8, 'a name in double quotes'],
    ['{"a" 1}', 1, 6, "':'"],
    ['{"a":1\n"b":2}', 2, 1, "',' or '}'"],
    ['{a:1}', 1, 2, "a name in double quotes or '}'"],
    ['[1,\r\n2,\r\nx]', 3, 1, 'a value'],
    ['[1,]', 1, 4, 'a value'],
    ['[1 2]', 1, 4, "',' or ']'"],
    ['[1', 1, 3, "',' or ']'"],
    ['[', 1, 2, "a value or ']'"],
    ['{} {}', 1, 4, 'nothing more'],
    ['["a\nb"]', 1, 4, 'an escaped control character'],
    ['["\\x"]', 1, 3, 'a known escape'],
    ['["a', 1, 4, `'"' that closes a string`],
    ['[01]', 1, 3, "',' or ']'"],
    ['[NaN]', 1, 2, "a value or ']'"],
    ["{'a':1}", 1, 2, "a name in double quotes or '}'"],
  ])('tells where %j breaks', (text, line, column, expected) => {
    const error = failure(text);
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.details).toMatchObject({ path: 'document', line, column });
    expect(error.message).toContain(`line ${line}, column ${column}: expected ${expected}, got`);
  });

  it('finds the same token as the engine in any text that is broken by one character', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', '#', '"', '}', ',', '\\'), (json, at, insert) => {
        const cut = at % (json.length + 1);
        const text = json.slice(0, cut) + insert + json.slice(cut + 1);
        const place = enginePlace(text);
        fc.pre(place !== null);
        const offset = (failure(text).details.column as number) - 1;
        expect(offset).toBeLessThanOrEqual(place!);
        expect(text.slice(offset, place!)).toMatch(/^[^\s[\]{}:,]*$/);
      }),
    );
  });

  it('survives nesting of any depth', () => {
    expect(failure('['.repeat(200_000)).details.column).toBe(200_001);
  });
});

/** Where V8 says that a text of one line breaks; null when it parses, or breaks without being told where. */
function enginePlace(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message);
    return position ? Number(position[1]) : message.includes('end of JSON input') ? text.length : null;
  }
}
