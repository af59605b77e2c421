/** Ids and indices that callers name, as ascending indices, each once. */
import { invalid } from '../errors.js';
import type { Problem, TerritoryId, UnitId } from '../types.js';

/** Looks ids up; the tables are made when they are first needed. */
export class IdIndex {
  readonly #problem: Problem;
  #units: Map<UnitId, number> | null = null;
  #accounts: Map<string, number> | null = null;

  constructor(problem: Problem) {
    this.#problem = problem;
  }

  /** @throws {TerritoryError} INVALID_OPTION naming the first id or index that does not exist. */
  units(target: unknown, path = 'units'): Int32Array {
    const { ids } = this.#problem;
    if (target instanceof Int32Array) return readIndices(target, ids.length, path, 'a unit of the problem');
    this.#units ??= tableOf(ids);
    return readIds(target, this.#units, path, 'a unit of the problem');
  }

  /** @throws {TerritoryError} INVALID_OPTION, likewise. */
  accounts(target: unknown): Int32Array {
    const ids = this.#problem.accountIds ?? [];
    if (target instanceof Int32Array) return readIndices(target, ids.length, 'accounts', 'an account of the problem');
    this.#accounts ??= tableOf(ids);
    return readIds(target, this.#accounts, 'accounts', 'an account of the problem');
  }

  /** @throws {TerritoryError} INVALID_OPTION */
  territory(id: TerritoryId, path = 'territory'): number {
    const t = this.#problem.territories.findIndex((territory) => territory.id === id);
    if (t < 0) throw invalid(path, id, 'must be a territory of the problem', 'INVALID_OPTION');
    return t;
  }
}

function tableOf(ids: readonly string[]): Map<string, number> {
  const table = new Map<string, number>();
  for (let i = 0; i < ids.length; i++) table.set(ids[i]!, i);
  return table;
}

function readIds(target: unknown, table: ReadonlyMap<string, number>, path: string, what: string): Int32Array {
  const ids = typeof target === 'string' ? [target] : target;
  if (typeof (ids as Iterable<unknown> | null)?.[Symbol.iterator] !== 'function') {
    throw invalid(path, target, 'must be an id, ids, or an Int32Array of indices', 'INVALID_OPTION');
  }
  const found: number[] = [];
  let i = 0;
  for (const id of ids as Iterable<unknown>) {
    const index = table.get(id as string);
    if (index === undefined) throw invalid(`${path}[${i}]`, id, `must be ${what}`, 'INVALID_OPTION');
    found.push(index);
    i++;
  }
  return distinct(Int32Array.from(found));
}

function readIndices(target: Int32Array, count: number, path: string, what: string): Int32Array {
  const at = target.findIndex((index) => index < 0 || index >= count);
  if (at >= 0) throw invalid(`${path}[${at}]`, target[at], `must be the index of ${what}`, 'INVALID_OPTION');
  return distinct(target.slice());
}

/** Sorts in place. */
function distinct(indices: Int32Array): Int32Array {
  indices.sort();
  let size = 0;
  for (let i = 0; i < indices.length; i++) if (i === 0 || indices[i] !== indices[i - 1]) indices[size++] = indices[i]!;
  return indices.subarray(0, size);
}
