import { invalid } from '../errors.js';
import type { Grouping } from '../metrics/roll-up.js';
import { accountTerritoryOf, checkPlan } from '../plan/plan.js';
import type { Plan, Problem, TerritoryId, UnitId } from '../types.js';
import { checkVersion, DOCUMENT_VERSION, isPlanDocument, isRecord } from './document-frame.js';
import { parseJson } from './json.js';
import { checkLevels, levelToDocument, type PlanDocumentLevel } from './plan-document-levels.js';

/** A plan as it is written to a file. */
export interface PlanDocument {
  readonly equiterra: typeof DOCUMENT_VERSION;
  readonly plan: true;
  /** Name of the problem. */
  readonly problem: string;
  readonly seed: number | null;
  /** Every unit of the problem, those that `ground` added too; null is unassigned. */
  readonly assignment: Readonly<Record<UnitId, TerritoryId | null>>;
  /** Accounts that are laid over the map and do not follow their unit; absent when there are none. */
  readonly accounts?: Readonly<Record<string, TerritoryId>>;
  /** Links that were added automatically to join components; absent when there are none. */
  readonly links?: readonly (readonly [UnitId, UnitId])[];
  /** Levels above the territories, the topmost first, with the group of every territory; absent when there are none. */
  readonly levels?: readonly PlanDocumentLevel[];
}

const KEYS = ['equiterra', 'plan', 'problem', 'seed', 'assignment', 'accounts', 'links', 'levels'];
const MAX_SEED = 2 ** 32 - 1;

/**
 * Reads a plan document. Whether it fits a problem is checked by `planFromDocument`. O(text length).
 * @throws {TerritoryError} INVALID_INPUT with the path of the first value that is wrong.
 */
export function parsePlanDocument(text: string): PlanDocument {
  const value = parseJson(text);
  if (!isRecord(value)) throw invalid('document', value, 'must be an object');
  checkVersion(value);
  if (!isPlanDocument(value)) throw invalid('plan', value.plan, 'must be true in a plan document');
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key))
      throw invalid(key, value[key], `must not be there; a plan document has ${KEYS.join(', ')}`);
  }
  const { problem, seed = null, assignment, accounts, links, levels } = value;
  if (typeof problem !== 'string') throw invalid('problem', problem, 'must be the name of the problem');
  if (seed !== null && !(Number.isInteger(seed) && (seed as number) >= 0 && (seed as number) <= MAX_SEED)) {
    throw invalid('seed', seed, `must be an integer from 0 to ${MAX_SEED}, or null`);
  }
  if (!isRecord(assignment)) throw invalid('assignment', assignment, 'must be an object of unit ids');
  for (const id of Object.keys(assignment)) {
    if (assignment[id] !== null && typeof assignment[id] !== 'string') {
      throw invalid(`assignment.${id}`, assignment[id], 'must be a territory id or null');
    }
  }
  if (accounts !== undefined) checkAccounts(accounts);
  if (links !== undefined) checkLinks(links);
  if (levels !== undefined) checkLevels(levels);
  return {
    equiterra: DOCUMENT_VERSION,
    plan: true,
    problem,
    seed: seed as number | null,
    assignment: assignment as PlanDocument['assignment'],
    ...(accounts === undefined ? {} : { accounts: accounts as NonNullable<PlanDocument['accounts']> }),
    ...(links === undefined ? {} : { links: links as NonNullable<PlanDocument['links']> }),
    ...(levels === undefined ? {} : { levels: levels as NonNullable<PlanDocument['levels']> }),
  };
}

function checkAccounts(accounts: unknown): void {
  if (!isRecord(accounts)) throw invalid('accounts', accounts, 'must be an object of account ids');
  for (const id of Object.keys(accounts)) {
    if (typeof accounts[id] !== 'string') throw invalid(`accounts.${id}`, accounts[id], 'must be a territory id');
  }
}

function checkLinks(links: unknown): void {
  if (!Array.isArray(links)) throw invalid('links', links, 'must be an array of pairs of unit ids');
  links.forEach((link: unknown, i) => {
    if (!Array.isArray(link) || link.length !== 2 || link.some((id) => typeof id !== 'string')) {
      throw invalid(`links[${i}]`, link, 'must be a pair of unit ids');
    }
  });
}

/**
 * The plan that a document describes, for the problem it was made for. Units decide whether the two fit, names do not.
 * O(units + accounts).
 * @throws {TerritoryError} PLAN_MISMATCH at `assignment.<id>` when a unit of the problem is missing, a territory is not
 * one of the problem's, or a unit is not one of the problem's; at `accounts.<id>` likewise.
 */
export function planFromDocument(document: PlanDocument, problem: Problem): Plan {
  const { assignment: territoryOf } = document;
  const territories = problem.territories.map(({ id }) => id);
  const indexOf = new Map(territories.map((id, t) => [id, t]));
  const assignment = new Int32Array(problem.ids.length).fill(-1);
  problem.ids.forEach((id, u) => {
    const path = `assignment.${id}`;
    if (!Object.hasOwn(territoryOf, id)) throw invalid(path, undefined, 'must name a territory', 'PLAN_MISMATCH');
    const territory = territoryOf[id]!;
    if (territory === null) return;
    const t = indexOf.get(territory);
    if (t === undefined) throw invalid(path, territory, 'must be a territory of the problem', 'PLAN_MISMATCH');
    assignment[u] = t;
  });
  const listed = Object.keys(territoryOf);
  if (listed.length > problem.ids.length) {
    const units = new Set(problem.ids);
    const stranger = listed.find((id) => !units.has(id))!;
    throw invalid(`assignment.${stranger}`, territoryOf[stranger], 'must be a unit of the problem', 'PLAN_MISMATCH');
  }
  const accounts = document.accounts && readAccounts(document.accounts, problem, indexOf);
  const { name, ids } = problem;
  return { problem: name, seed: document.seed, ids, territories, assignment, ...(accounts && { accounts }) };
}

function readAccounts(
  territoryOf: Readonly<Record<string, TerritoryId>>,
  { accountIds }: Problem,
  indexOf: ReadonlyMap<TerritoryId, number>,
): Int32Array {
  const accounts = new Int32Array(accountIds?.length ?? 0).fill(-1);
  const known = new Map(accountIds?.map((id, a) => [id, a]));
  for (const id of Object.keys(territoryOf)) {
    const path = `accounts.${id}`;
    const a = known.get(id);
    const t = indexOf.get(territoryOf[id]!);
    if (a === undefined) throw invalid(path, territoryOf[id], 'must be an account of the problem', 'PLAN_MISMATCH');
    if (t === undefined) throw invalid(path, territoryOf[id], 'must be a territory of the problem', 'PLAN_MISMATCH');
    accounts[a] = t;
  }
  return accounts;
}

/**
 * The document of a plan, ready for `stringifyDocument`, with the levels above its territories if there are any.
 * O(units + levels · territories).
 * @throws {TerritoryError} PLAN_MISMATCH when the plan belongs to another problem.
 */
export function planToDocument(problem: Problem, plan: Plan, levels: readonly Grouping[] = []): PlanDocument {
  checkPlan(problem, plan);
  // fromEntries defines its keys, so a unit called __proto__ stays a key.
  const assignment = Object.fromEntries(
    plan.ids.map((id, u) => [id, plan.territories[plan.assignment[u]!] ?? null] as const),
  );
  return {
    equiterra: DOCUMENT_VERSION,
    plan: true,
    problem: problem.name,
    seed: plan.seed,
    assignment,
    ...listAccounts(problem, plan),
    ...(problem.links.length > 0 ? { links: problem.links } : {}),
    ...(levels.length > 0 ? { levels: levels.map((level) => levelToDocument(problem, level)) } : {}),
  };
}

/** The accounts that the plan lays over the map, and those that the problem does where another serves their unit. */
function listAccounts(problem: Problem, plan: Plan): Pick<PlanDocument, 'accounts'> {
  const { accountIds, accountUnit, demands } = problem;
  if (!accountIds || !accountUnit || !(plan.accounts || demands?.overlay)) return {};
  const laid = accountIds.flatMap((id, a) => {
    const t = accountTerritoryOf(problem, plan, a);
    const own = (plan.accounts?.[a] ?? -1) >= 0;
    return t < 0 || (!own && t === plan.assignment[accountUnit[a]!]) ? [] : [[id, plan.territories[t]!] as const];
  });
  return laid.length > 0 ? { accounts: Object.fromEntries(laid) } : {};
}
