/** `matrix`: the caller's own cost of serving a unit from a territory. */
import { invalid } from '../../errors.js';
import { checkArray, checkArrayLike, checkKeys, checkNotNegative, checkObject } from '../input-rules.js';
import type { Names } from './names.js';

const KEYS = new Set(['unit', 'cost']);

export interface MatrixContext {
  readonly names: Names;
  readonly ids: readonly string[];
  readonly territories: number;
  /** Whether a unit has activity, and so must have a row. */
  readonly isOccupied: (unit: number) => boolean;
  readonly offsets: Int32Array;
  readonly neighbors: Int32Array;
}

/**
 * n × k, unit-major; null without a matrix. Units without a row take that of the one that is the fewest neighbours away,
 * the lower unit first; zeros where none can be reached. O(n k + E).
 *
 * @throws {TerritoryError} INVALID_INPUT
 */
export function readMatrix(value: unknown, context: MatrixContext): Float64Array | null {
  if (value === undefined) return null;
  const input = checkObject(value, 'matrix');
  checkKeys(input, 'matrix', KEYS);
  const units = context.names.indicesOf('unit', input.unit, 'matrix.unit');
  const rows = checkArray(input.cost, 'matrix.cost');
  if (rows.length !== units.length) {
    throw invalid('matrix.cost', rows, `must be as long as matrix.unit (${units.length})`);
  }
  const n = context.ids.length;
  const k = context.territories;
  const matrix = new Float64Array(n * k);
  const known = new Uint8Array(n);
  units.forEach((u, i) => {
    const path = `matrix.cost[${i}]`;
    const row = checkArrayLike(rows[i], path);
    if (row.length !== k) throw invalid(path, rows[i], `must have a cost per territory (${k})`);
    if (known[u] !== 0) throw invalid(`matrix.unit[${i}]`, context.ids[u], 'must be named once');
    known[u] = 1;
    for (let t = 0; t < k; t++) matrix[u * k + t] = checkNotNegative(row[t], `${path}[${t}]`);
  });
  for (let u = 0; u < n; u++) {
    if (known[u] === 0 && context.isOccupied(u)) {
      throw invalid('matrix.unit', context.ids[u], 'must name every unit with activity; one is missing');
    }
  }
  spreadRows(matrix, known, k, context);
  return matrix;
}

function spreadRows(matrix: Float64Array, known: Uint8Array, k: number, { offsets, neighbors }: MatrixContext): void {
  const queue: number[] = [];
  known.forEach((has, u) => {
    if (has !== 0) queue.push(u);
  });
  for (let head = 0; head < queue.length; head++) {
    const u = queue[head]!;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbors[e]!;
      if (known[v] !== 0) continue;
      known[v] = 1;
      matrix.copyWithin(v * k, u * k, (u + 1) * k);
      queue.push(v);
    }
  }
}
