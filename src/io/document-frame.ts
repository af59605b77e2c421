import { invalid } from '../errors.js';

/** Version of the document formats, the value of their key `equiterra`. */
export const DOCUMENT_VERSION = 1;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a parsed JSON value calls itself a plan document; its contents are not checked. */
export function isPlanDocument(value: unknown): boolean {
  return isRecord(value) && Object.hasOwn(value, 'plan') && value.plan === true;
}

/** @throws {TerritoryError} INVALID_INPUT at `equiterra` unless the document is of this version. */
export function checkVersion(document: Readonly<Record<string, unknown>>): void {
  const version = Object.hasOwn(document, 'equiterra') ? document.equiterra : undefined;
  if (version === DOCUMENT_VERSION) return;
  if (typeof version === 'number' && version > DOCUMENT_VERSION) {
    throw invalid('equiterra', version, `must be ${DOCUMENT_VERSION}; the document is of a newer version`);
  }
  throw invalid('equiterra', version, `must be ${DOCUMENT_VERSION}, the version of the document format`);
}
