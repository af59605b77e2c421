import { TerritoryError } from '../errors.js';

/**
 * Parses JSON text; a byte order mark is skipped. O(text length).
 * @throws {TerritoryError} INVALID_INPUT with `details.line` and `details.column` (from 1) when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    // Engines disagree on whether and how they tell the place, so it is looked up here.
    const { offset, expected } = locateJsonError(json);
    const before = json.slice(0, offset).split(/\r\n?|\n/);
    const line = before.length;
    const column = before[line - 1]!.length + 1;
    const found = offset < json.length ? JSON.stringify(json.slice(offset, offset + 12)) : 'the end of the text';
    const rule = `is not JSON: line ${line}, column ${column}: expected ${expected}`;
    throw new TerritoryError('INVALID_INPUT', `document ${rule}, got ${found}`, {
      path: 'document',
      rule,
      line,
      column,
    });
  }
}

interface JsonError {
  readonly offset: number;
  readonly expected: string;
}

type State = 'value' | 'first value' | 'first key' | 'key' | 'colon' | 'comma' | 'end';

const EXPECTED: Readonly<Record<State, string>> = {
  value: 'a value',
  'first value': "a value or ']'",
  'first key': "a name in double quotes or '}'",
  key: 'a name in double quotes',
  colon: "':'",
  comma: "',' or a closing bracket",
  end: 'nothing more',
};

const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** First place where `text` departs from RFC 8259. Iterative: nesting may be as deep as the text is long. */
function locateJsonError(text: string): JsonError {
  const open: string[] = [];
  let state: State = 'value';
  let i = 0;
  for (;;) {
    while (i < text.length && ' \t\n\r'.includes(text[i]!)) i++;
    const c = text[i];
    const top = open[open.length - 1];
    const after: State = open.length > 0 ? 'comma' : 'end';
    const wantsKey: boolean = state === 'key' || state === 'first key';
    const wantsValue: boolean = state === 'value' || state === 'first value';
    if (c === undefined) return { offset: i, expected: state === 'comma' ? `',' or '${top}'` : EXPECTED[state] };
    if (c === '"' && (wantsKey || wantsValue)) {
      const end = skipString(text, i);
      if (typeof end !== 'number') return end;
      i = end;
      state = wantsKey ? 'colon' : after;
    } else if (wantsValue && (c === '{' || c === '[')) {
      open.push(c === '{' ? '}' : ']');
      state = c === '{' ? 'first key' : 'first value';
      i++;
    } else if (c === top && (state === 'comma' || state === 'first value' || state === 'first key')) {
      open.pop();
      state = open.length > 0 ? 'comma' : 'end';
      i++;
    } else if (c === ',' && state === 'comma') {
      state = top === '}' ? 'key' : 'value';
      i++;
    } else if (c === ':' && state === 'colon') {
      state = 'value';
      i++;
    } else if (wantsValue) {
      LITERAL.lastIndex = i;
      if (!LITERAL.test(text)) return { offset: i, expected: EXPECTED[state] };
      i = LITERAL.lastIndex;
      state = after;
    } else {
      return { offset: i, expected: state === 'comma' ? `',' or '${top}'` : EXPECTED[state] };
    }
  }
}

/** Offset behind the string that starts at `start`, or what is wrong inside it. */
function skipString(text: string, start: number): number | JsonError {
  let i = start + 1;
  for (;;) {
    const c = text[i];
    if (c === undefined) return { offset: i, expected: `'"' that closes a string` };
    if (c === '"') return i + 1;
    if (c < ' ') return { offset: i, expected: 'an escaped control character' };
    if (c === '\\') {
      ESCAPE.lastIndex = i;
      if (!ESCAPE.test(text)) return { offset: i, expected: 'a known escape' };
      i = ESCAPE.lastIndex;
    } else {
      i++;
    }
  }
}
