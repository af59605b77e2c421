/** Inputs that are good, to be spoiled, and what they throw then. */
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';

export const CELL = '852830d3fffffff';
export const OTHER = '852830dbfffffff';
export const FAR = '85283473fffffff';

export const accounts = (...rows: unknown[]) => ({ accounts: rows, resolution: 5, territories: 1 });
export const account = (extra: object = {}) => ({ lat: 37.7, lng: -122.4, activity: { hours: 2 }, ...extra });
export const cells = (extra: object = {}) => ({
  cells: [
    { cell: CELL, activity: { hours: 2 } },
    { cell: OTHER, activity: { hours: 3 }, territory: 'T1' },
  ],
  territories: 1,
  ...extra,
});
export const units = (extra: object = {}) => ({
  units: [
    { id: 'a', lat: 1, lng: 1, activity: { hours: 2 } },
    { id: 'b', lat: 1, lng: 2, activity: { hours: 3 } },
  ],
  edges: [[0, 1]],
  territories: 1,
  ...extra,
});
export const polygon = (ring: unknown) => cells({ ground: { type: 'Polygon', coordinates: [ring] } });
export const own = (key: string, value: unknown) => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);

/** What the input throws; null when it is good. */
export function errorOf(input: unknown): unknown {
  try {
    prepareProblem(input as ProblemInput);
  } catch (error) {
    return error;
  }
  return null;
}

/** What is wrong, the input, and the path that the error must name. */
export type BadInput = readonly [string, unknown, string];
