/** The reps that are to be matched, and what territories ask of them, checked. */
import { invalid } from '../errors.js';
import { hasPositions } from '../metrics/positions.js';
import { accountWeights } from '../metrics/weights.js';
import {
  checkArray,
  checkFinite,
  checkKeys,
  checkLat,
  checkLng,
  checkObject,
  checkText,
} from '../problem/input-rules.js';
import type { Problem } from '../types.js';

const REP_KEYS = new Set(['id', 'home', 'skills', 'territory', 'accounts']);

export interface CheckedReps {
  readonly ids: readonly string[];
  /** `[lng, lat]`, or `[x, y]` under planar distance. */
  readonly homes: readonly (readonly [number, number] | null)[];
  readonly skills: readonly ReadonlySet<string>[];
  /** What each holds today as an index into `todayIds`, −1 for nothing. */
  readonly todayIndex: readonly number[];
  /** Index and weight of the accounts that a rep is said to hold, which count in place of `todayIndex`. */
  readonly accounts: readonly (readonly (readonly [number, number])[] | null)[];
}

/** @throws {TerritoryError} INVALID_INPUT with the path, such as `reps[3].home`. */
export function readReps(problem: Problem, value: unknown): CheckedReps {
  const indexOf = new Map(problem.accountIds?.map((id, a) => [id, a]));
  const weights = accountWeights(problem);
  const seen = new Set<string>();
  const reps = checkArray(value, 'reps').map((item, r) => {
    const path = `reps[${r}]`;
    const rep = checkObject(item, path);
    checkKeys(rep, path, REP_KEYS);
    const id = checkText(rep.id, `${path}.id`);
    if (seen.has(id)) throw invalid(`${path}.id`, id, 'must be unique');
    seen.add(id);
    return {
      id,
      home: rep.home === undefined || rep.home === null ? null : readHome(problem, rep.home, `${path}.home`),
      skills: new Set(readTexts(rep.skills, `${path}.skills`)),
      today: readToday(problem, rep.territory, id, `${path}.territory`),
      accounts: rep.accounts === undefined ? null : readAccounts(rep.accounts, `${path}.accounts`),
    };
  });
  return {
    ids: reps.map(({ id }) => id),
    homes: reps.map(({ home }) => home),
    skills: reps.map(({ skills }) => skills),
    todayIndex: reps.map(({ today }) => today),
    accounts: reps.map(({ accounts }) => accounts),
  };

  function readAccounts(list: unknown, path: string): (readonly [number, number])[] {
    return [...new Set(readTexts(list, path))].map((id) => {
      const a = indexOf.get(id);
      if (a === undefined) throw invalid(path, id, 'must hold ids of accounts of the problem');
      return [a, weights![a]!];
    });
  }
}

function readHome(problem: Problem, value: unknown, path: string): readonly [number, number] {
  if (!hasPositions(problem)) throw invalid(path, value, 'needs a problem whose units have positions');
  if (!Array.isArray(value) || value.length !== 2) throw invalid(path, value, 'must be a pair of numbers');
  const planar = problem.objective.distance === 'planar';
  const [x, y] = planar ? [checkFinite, checkFinite] : [checkLng, checkLat];
  return [x(value[0], `${path}[0]`), y(value[1], `${path}[1]`)];
}

/** Without a name the rep's own id stands for what he holds today, if anything goes by it. */
function readToday(problem: Problem, value: unknown, id: string, path: string): number {
  if (value === null) return -1;
  const today = problem.todayIds.indexOf(value === undefined ? id : (value as string));
  if (today < 0 && value !== undefined) throw invalid(path, value, 'must be the id of a rep or territory of today');
  return today;
}

/** @throws {TerritoryError} INVALID_INPUT */
export function readTexts(value: unknown, path: string): string[] {
  if (value === undefined) return [];
  return checkArray(value, path).map((text, i) => checkText(text, `${path}[${i}]`));
}
