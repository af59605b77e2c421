/** Everything Equiterra throws: one class, a code to branch on, and the data that the message names. */

export type ErrorCode =
  /** A value of the problem, plan or file is wrong; `details.path` says where. */
  | 'INVALID_INPUT'
  /** An option of a call is unknown or out of range; `details.path` says which. */
  | 'INVALID_OPTION'
  /** A plan does not belong to the problem. */
  | 'PLAN_MISMATCH'
  /** An edit would change a locked territory; `details.territory` and `details.units` say which and by what. */
  | 'LOCKED'
  /** An edit would take pinned units from their territory; `details.units` says which. */
  | 'PINNED'
  | 'WORKER_LOAD_FAILED'
  | 'WORKER_CRASHED'
  | 'WASM_LOAD_FAILED'
  | 'OUT_OF_MEMORY'
  | 'DISPOSED'
  | 'UNSUPPORTED_ENVIRONMENT';

export interface ErrorDetails {
  /** Path of the offending value, e.g. `accounts[17].lat`. */
  readonly path?: string;
  /** The value found there. */
  readonly value?: unknown;
  /** The rule it breaks. */
  readonly rule?: string;
  readonly [key: string]: unknown;
}

/** Misuse, a broken environment or a dead worker. An infeasible search is a result, not an error. */
export class TerritoryError extends Error {
  override readonly name = 'TerritoryError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The error for a bad value: `path`, what was found there, and the rule it breaks. */
export function invalid(path: string, value: unknown, rule: string, code: ErrorCode = 'INVALID_INPUT'): TerritoryError {
  return new TerritoryError(code, `${path} ${rule}, got ${describe(value)}`, { path, value: cloneable(value), rule });
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return `an object with keys ${Object.keys(value).slice(0, 6).join(', ') || '(none)'}`;
}

/** Details travel between threads, so they keep only plain values. */
function cloneable(value: unknown): unknown {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)
    ? value
    : describe(value);
}

/** A TerritoryError as plain data. Comlink keeps only the name and message of an error that it carries. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

export function toWire(error: unknown): WireError {
  if (error instanceof TerritoryError) return { code: error.code, message: error.message, details: error.details };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'WORKER_CRASHED', message: `The worker failed: ${message}`, details: {} };
}

export function fromWire(wire: WireError): TerritoryError {
  return new TerritoryError(wire.code, wire.message, wire.details);
}
