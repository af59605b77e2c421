/** The levels of a plan document: which group of each level every territory is in. */
import { invalid } from '../errors.js';
import type { Grouping } from '../metrics/roll-up.js';
import type { Problem, TerritoryId } from '../types.js';
import { isRecord } from './document-frame.js';

export interface PlanDocumentLevel {
  readonly name: string;
  /** Group of every territory. */
  readonly assignment: Readonly<Record<TerritoryId, string>>;
}

const KEYS = ['name', 'assignment'];

/** @throws {TerritoryError} INVALID_INPUT with the path of the first value that is wrong. */
export function checkLevels(levels: unknown): void {
  if (!Array.isArray(levels)) throw invalid('levels', levels, 'must be an array of levels');
  levels.forEach((level: unknown, l) => {
    const path = `levels[${l}]`;
    if (!isRecord(level)) throw invalid(path, level, 'must be an object');
    for (const key of Object.keys(level)) {
      if (!KEYS.includes(key)) throw invalid(`${path}.${key}`, level[key], 'must not be there');
    }
    if (typeof level.name !== 'string' || level.name === '') {
      throw invalid(`${path}.name`, level.name, 'must be a string that is not empty');
    }
    if (!isRecord(level.assignment)) {
      throw invalid(`${path}.assignment`, level.assignment, 'must be an object of territory ids');
    }
    for (const [id, group] of Object.entries(level.assignment)) {
      if (typeof group !== 'string') throw invalid(`${path}.assignment.${id}`, group, 'must be the id of a group');
    }
  });
}

export function levelToDocument({ territories }: Problem, { name, groups, of }: Grouping): PlanDocumentLevel {
  // fromEntries defines its keys, so a territory called __proto__ stays a key.
  return { name, assignment: Object.fromEntries(territories.map(({ id }, t) => [id, groups[of[t]!]!])) };
}

/**
 * The levels that a plan document describes, for `rollUp`; none when it has none. Groups are in the order of their
 * first territories. O(levels · territories).
 * @throws {TerritoryError} PLAN_MISMATCH at `levels[l].assignment.<id>` when a territory is missing or unknown.
 */
export function levelsFromDocument(
  document: { readonly levels?: readonly PlanDocumentLevel[] },
  problem: Problem,
): Grouping[] {
  const known = new Set(problem.territories.map(({ id }) => id));
  return (document.levels ?? []).map(({ name, assignment }, l) => {
    const path = (id: string) => `levels[${l}].assignment.${id}`;
    const groups: string[] = [];
    const of = Int32Array.from(problem.territories, ({ id }) => {
      if (!Object.hasOwn(assignment, id)) throw invalid(path(id), undefined, 'must name a group', 'PLAN_MISMATCH');
      const at = groups.indexOf(assignment[id]!);
      return at >= 0 ? at : groups.push(assignment[id]!) - 1;
    });
    const stranger = Object.keys(assignment).find((id) => !known.has(id));
    if (stranger !== undefined) {
      throw invalid(path(stranger), assignment[stranger], 'must be a territory of the problem', 'PLAN_MISMATCH');
    }
    return { name, groups, of };
  });
}
