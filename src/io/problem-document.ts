import { invalid } from '../errors.js';
import type { ProblemInput } from '../types.js';
import { checkVersion, DOCUMENT_VERSION, isPlanDocument, isRecord } from './document-frame.js';
import { parseJson } from './json.js';

/** A `ProblemInput` as it is written to a file: plain JSON values under a version number. */
export type ProblemDocument = { readonly equiterra: typeof DOCUMENT_VERSION } & ProblemInput;

/**
 * Reads a problem document. Only its frame is checked here; `prepare` checks every value in it. O(text length).
 * @throws {TerritoryError} INVALID_INPUT when the text is not JSON, not an object, of another version, or a plan document.
 */
export function parseProblemDocument(text: string): ProblemInput {
  const value = parseJson(text);
  if (!isRecord(value)) throw invalid('document', value, 'must be an object');
  checkVersion(value);
  if (isPlanDocument(value)) throw invalid('plan', true, 'is not part of a problem document; this is a plan document');
  const { equiterra: _, ...input } = value;
  return input as unknown as ProblemInput;
}

/**
 * The document of a problem, ready for `stringifyDocument`: typed arrays become arrays, 64-bit H3 indexes become ids,
 * absent values are left out.
 * @throws {TerritoryError} INVALID_INPUT with the path of a value that JSON cannot hold, such as NaN.
 */
export function problemToDocument(input: ProblemInput): ProblemDocument {
  const plain = toPlain(input, '', 0) as ProblemInput;
  return { equiterra: DOCUMENT_VERSION, ...plain };
}

/** Compact JSON with a line end, so that documents are text files. */
export function stringifyDocument(document: object): string {
  return `${JSON.stringify(document)}\n`;
}

/** Deeper than any GeoJSON ground, and shallow enough that a cyclic value ends in an error. */
const MAX_DEPTH = 64;

function toPlain(value: unknown, path: string, depth: number): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw invalid(path, value, 'must be finite');
    return value;
  }
  if (typeof value !== 'object') throw invalid(path, value, 'must be a JSON value');
  if (depth > MAX_DEPTH) throw invalid(path, value, `must not be nested deeper than ${MAX_DEPTH} levels`);
  if (value instanceof BigUint64Array) return Array.from(value, (index) => index.toString(16));
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return Array.from(value as ArrayLike<unknown>, (item, i) => toPlain(item, `${path}[${i}]`, depth + 1));
  }
  // fromEntries defines its keys, so a measure called __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, toPlain(item, path ? `${path}.${key}` : key, depth + 1)]),
  );
}
