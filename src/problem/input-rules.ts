/** The small checks that every part of a problem's input is put through. Each throws INVALID_INPUT with the path. */
import { invalid } from '../errors.js';

/** Path of `key` inside `path`; names that are not identifiers are quoted. */
export function child(path: string, key: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(key)) return path === '' ? key : `${path}.${key}`;
  return `${path}[${JSON.stringify(key)}]`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

export function checkObject(value: unknown, path: string): Record<string, unknown> {
  if (!isObject(value)) throw invalid(path, value, 'must be an object');
  return value;
}

export function checkKeys(value: Record<string, unknown>, path: string, known: ReadonlySet<string>): void {
  for (const key of Object.keys(value)) {
    if (!known.has(key)) throw invalid(child(path, key), value[key], `is not a known key (${[...known].join(', ')})`);
  }
}

export function checkArray(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(path, value, 'must be an array');
  return value;
}

/** Arrays and typed arrays of numbers. */
export function checkArrayLike(value: unknown, path: string): ArrayLike<unknown> {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as unknown as ArrayLike<unknown>;
  throw invalid(path, value, 'must be an array or a typed array');
}

/** Adding 0 turns −0 into 0, so that equal input gives equal bytes. */
export function checkNumber(value: unknown, path: string, min: number, max: number, rule: string): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) throw invalid(path, value, rule);
  return value + 0;
}

export function isNotNegative(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE;
}

export function checkNotNegative(value: unknown, path: string): number {
  return checkNumber(value, path, 0, Number.MAX_VALUE, 'must be a finite number of at least 0');
}

export function checkFinite(value: unknown, path: string): number {
  return checkNumber(value, path, -Number.MAX_VALUE, Number.MAX_VALUE, 'must be a finite number');
}

export function checkLat(value: unknown, path: string): number {
  return checkNumber(value, path, -90, 90, 'must be a number from -90 to 90');
}

export function checkLng(value: unknown, path: string): number {
  return checkNumber(value, path, -180, 180, 'must be a number from -180 to 180');
}

export function checkText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '') throw invalid(path, value, 'must be a string that is not empty');
  return value;
}

export function checkOneOf<T extends string | number>(value: unknown, path: string, allowed: readonly T[]): T {
  if (!allowed.includes(value as T)) {
    throw invalid(path, value, `must be ${allowed.map((option) => JSON.stringify(option)).join(' or ')}`);
  }
  return value as T;
}
