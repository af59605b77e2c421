/** Options of a repair. */
import { invalid, TerritoryError } from '../errors.js';
import { CALL_KEYS, callOptions, integer, type ResolvedCallOptions, record } from '../options.js';
import { checkPlan } from '../plan/plan.js';
import { IdIndex } from '../session/read-target.js';
import type { Plan, Problem, RebalanceOptions } from '../types.js';

const KEYS = [...CALL_KEYS, 'pinned', 'touch', 'locked', 'maxTerritories', 'seed', 'moveLimit'];

export interface ResolvedRebalanceOptions extends ResolvedCallOptions {
  readonly pinned: Int32Array;
  /** Ascending; null when the caller names none. */
  readonly touch: readonly number[] | null;
  readonly locked: ReadonlySet<number>;
  /** null takes the default for the territories to begin with. */
  readonly maxTerritories: number | null;
  readonly seed: number;
  /** null takes the default for the size of the part. */
  readonly moveLimit: number | null;
}

/** @throws {TerritoryError} PLAN_MISMATCH, INVALID_OPTION; LOCKED when a territory to touch is locked. */
export function resolveRebalanceOptions(problem: Problem, plan: Plan, options: unknown): ResolvedRebalanceOptions {
  checkPlan(problem, plan);
  const given = record(options, KEYS) as { [key in keyof RebalanceOptions]?: unknown };
  const index = new IdIndex(problem);
  const territories = (value: unknown, path: string) => {
    if (!Array.isArray(value)) throw invalid(path, value, 'must be an array of territory ids', 'INVALID_OPTION');
    return [...new Set(value.map((id, i) => index.territory(id, `${path}[${i}]`)))].sort((a, b) => a - b);
  };
  const own = problem.territories.flatMap(({ locked }, t) => (locked ? [t] : []));
  const locked = new Set(given.locked === undefined ? own : territories(given.locked, 'locked'));
  const touch = given.touch === undefined ? null : territories(given.touch, 'touch');
  const held = touch?.find((t) => locked.has(t));
  if (held !== undefined) {
    const { id } = problem.territories[held]!;
    throw new TerritoryError('LOCKED', `${id} is locked: it cannot be rebalanced`, { territory: id });
  }
  return {
    ...callOptions(given),
    pinned: given.pinned === undefined ? new Int32Array(0) : index.units(given.pinned, 'pinned'),
    touch,
    locked,
    maxTerritories: integer(given.maxTerritories, 'maxTerritories', 1, 2 ** 31 - 1) ?? null,
    seed: integer(given.seed, 'seed', 0, 2 ** 32 - 1) ?? 1,
    moveLimit: integer(given.moveLimit, 'moveLimit', 1, Number.MAX_SAFE_INTEGER) ?? null,
  };
}
