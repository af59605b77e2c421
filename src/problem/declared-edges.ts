/** The neighbours that the input declares for general units, and the lengths of their common borders where it gives them. */
import { invalid } from '../errors.js';
import type { EdgeList, Graph } from './graph.js';
import { checkArray, checkNumber } from './input-rules.js';
import { round } from './sphere.js';

export interface DeclaredEdges extends EdgeList {
  /** Length per edge in km, rounded to 1e-6; null where the input gives none. */
  readonly km: Float64Array | null;
}

/** Longer than any border, and short enough that its micrometres are still counted exactly. */
const MOST_KM = 1e9;

export interface EdgeContext {
  readonly units: number;
  readonly contiguity: 'required' | 'off';
  /** The objective's weight of borders: above 0 every edge needs a length. */
  readonly borderKm: number;
}

/**
 * Pairs of unit indices, repetitions allowed; all of them with a length in km, or none.
 * @throws {TerritoryError} INVALID_INPUT, also when there are none at all though contiguity is required or borders cost.
 */
export function readEdges(value: unknown, { units, contiguity, borderKm }: EdgeContext): DeclaredEdges {
  if (value === undefined && borderKm > 0) throw missingLength('edges');
  if (value === undefined && contiguity === 'off') {
    return { count: 0, u: new Int32Array(0), v: new Int32Array(0), km: null };
  }
  if (value === undefined) throw invalid('edges', value, "must be given with units, or contiguity must be 'off'");
  const edges = checkArray(value, 'edges');
  const us = new Int32Array(edges.length);
  const vs = new Int32Array(edges.length);
  let km: Float64Array | null = null;
  for (let e = 0; e < edges.length; e++) {
    const edge = edges[e];
    if (!Array.isArray(edge) || edge.length < 2 || edge.length > 3) {
      throw invalid(`edges[${e}]`, edge, 'must be a pair of unit indices, with or without the length of their border');
    }
    for (let end = 0; end < 2; end++) {
      const u: unknown = edge[end];
      if (!Number.isInteger(u) || (u as number) < 0 || (u as number) >= units) {
        throw invalid(`edges[${e}][${end}]`, u, `must be an integer from 0 to ${units - 1}`);
      }
    }
    if (edge[0] === edge[1]) throw invalid(`edges[${e}]`, edge[0], 'must join two different units');
    us[e] = Math.min(edge[0], edge[1]);
    vs[e] = Math.max(edge[0], edge[1]);
    const length: unknown = edge[2];
    if (e === 0 && length !== undefined) km = new Float64Array(edges.length);
    if ((km === null) !== (length === undefined)) {
      throw invalid(`edges[${e}][2]`, length, 'must be given for all edges or for none');
    }
    if (km)
      km[e] = round(checkNumber(length, `edges[${e}][2]`, 0, MOST_KM, `must be a number from 0 to ${MOST_KM}`), 6);
  }
  if (borderKm > 0 && edges.length > 0 && !km) throw missingLength('edges[0][2]');
  return { count: edges.length, u: us, v: vs, km };
}

function missingLength(path: string) {
  return invalid(
    path,
    undefined,
    'is missing: objective.borderKm > 0 needs the length of each border in km, as edges of [unit, unit, km]',
  );
}

/**
 * The lengths per slot of the edges' graph; null where there are none. O(edges · log degree).
 * @throws {TerritoryError} INVALID_INPUT when an edge comes again with another length.
 */
export function slotLengths(graph: Graph, edges: DeclaredEdges): Float64Array | null {
  if (!edges.km) return null;
  const lengths = new Float64Array(graph.neighbors.length).fill(-1);
  for (let e = 0; e < edges.count; e++) {
    const [u, v, km] = [edges.u[e]!, edges.v[e]!, edges.km[e]!];
    const slot = slotOf(graph, u, v);
    if (lengths[slot]! >= 0 && lengths[slot] !== km) {
      throw invalid(`edges[${e}][2]`, km, `must be ${lengths[slot]}, as where the same units were joined before`);
    }
    lengths[slot] = km;
    lengths[slotOf(graph, v, u)] = km;
  }
  return lengths;
}

/** By bisection of the row, which is ascending and has `v`. */
function slotOf({ offsets, neighbors }: Graph, u: number, v: number): number {
  let low = offsets[u]!;
  for (let high = offsets[u + 1]! - 1; low < high; ) {
    const middle = (low + high) >>> 1;
    if (neighbors[middle]! < v) low = middle + 1;
    else high = middle;
  }
  return low;
}
