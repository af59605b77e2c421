/** Which rep serves which territory: each at most one, at the least cost of all matchings. */
import { invalid } from '../errors.js';
import type { Plan, Problem, TerritoryId } from '../types.js';
import { maximizeAssignment } from './max-assignment.js';
import { checkPlan } from './plan.js';
import { type CheckedReps, readReps, readTexts } from './read-reps.js';
import { heldWeights, homeDistances } from './rep-costs.js';

export interface Rep {
  /** Unique, not empty. */
  readonly id: string;
  /** `[lng, lat]` in degrees (`[x, y]` in kilometres under planar distance). @default none: no territory is far */
  readonly home?: readonly [number, number] | null;
  /** What the rep can do, such as a language or a product. @default [] */
  readonly skills?: readonly string[];
  /** What the rep serves today: an id of today's plan, or null for nothing. @default the rep's own id, if it is one */
  readonly territory?: TerritoryId | null;
  /** Ids of the accounts that the rep serves today; they count in place of `territory`. */
  readonly accounts?: readonly string[];
}

export interface MatchRepsOptions {
  /**
   * Where the way from home ends: `'center'` takes the whole weight of a territory to its weighted centre, `'units'`
   * each unit's weight to the unit. @default 'center'
   */
  readonly to?: 'center' | 'units';
  /** Cost of one weight · km. ≥ 0. @default 1 */
  readonly distance?: number;
  /** Cost of one unit of weight that its rep of today gives up: as much as taking it so many km. ≥ 0. @default 1 */
  readonly disruption?: number;
  /** Skills that territories ask for, by territory. @default none */
  readonly skills?: Readonly<Record<TerritoryId, readonly string[]>>;
  /** Cost of each skill that the rep lacks, ≥ 0, or `'forbidden'`. @default 'forbidden' */
  readonly missingSkill?: number | 'forbidden';
  /** Pairs of rep and territory that must not be. @default none */
  readonly forbid?: readonly (readonly [rep: string, territory: TerritoryId])[];
}

/** What a pair costs, each part multiplied by its weight in the options. */
export interface RepCost {
  readonly distance: number;
  readonly disruption: number;
  readonly skills: number;
  readonly total: number;
}

export interface RepPair {
  readonly rep: string;
  readonly territory: TerritoryId;
  readonly cost: RepCost;
}

export interface UnservedTerritory {
  readonly territory: TerritoryId;
  /** `'forbidden'`: there is no rep that may serve it. `'taken'`: those who may all serve others. */
  readonly reason: 'forbidden' | 'taken';
  /** Who may serve it, in the order of the reps. */
  readonly reps: readonly string[];
}

export interface RepMatching {
  /** In the order of the territories. */
  readonly pairs: readonly RepPair[];
  /** Territories that nobody gets; empty when all are served. */
  readonly unserved: readonly UnservedTerritory[];
  /** Reps who get none, with the cost of all that they give up today. */
  readonly unmatched: readonly { readonly rep: string; readonly disruption: number }[];
  /** Sum of the costs of pairs and of unmatched reps. */
  readonly cost: number;
}

const KEYS = ['to', 'distance', 'disruption', 'skills', 'missingSkill', 'forbid'];

/**
 * Matches reps to the territories of a plan. As many territories as can be are served, forbidden pairs never; among
 * such matchings the cost is the least there is. Weight is that of the objective (`objective.weight`). Ties are settled
 * by order. Jonker and Volgenant's assignment, O(n + A + R k + max(R, k)³).
 *
 * @throws {TerritoryError} PLAN_MISMATCH for a plan of another problem, INVALID_INPUT for reps and INVALID_OPTION for
 * options that are wrong, with the path.
 * @example
 * const { pairs, unserved } = matchReps(problem, plan, [{ id: 'Ann', home: [-70.3, 43.7], skills: ['french'] }], {
 *   skills: { T1: ['french'] },
 *   disruption: 20,
 * });
 */
export function matchReps(
  problem: Problem,
  plan: Plan,
  reps: readonly Rep[],
  options: MatchRepsOptions = {},
): RepMatching {
  checkPlan(problem, plan);
  const checked = readReps(problem, reps);
  const settings = readOptions(problem, checked, options);
  const k = problem.territories.length;
  const R = checked.ids.length;
  const km = homeDistances(problem, plan, checked.homes, settings.to);
  const { total, kept } = heldWeights(problem, plan, checked);
  const costOf = (r: number, t: number): RepCost => {
    const distance = settings.distance * km[r * k + t]!;
    const disruption = settings.disruption * Math.max(0, total[r]! - kept[r * k + t]!);
    const skills = settings.missing[r * k + t]!;
    return { distance, disruption, skills, total: distance + disruption + skills };
  };
  const leaving = total.map((weight) => settings.disruption * weight);
  const column = assign(R, k, settings.forbidden, (r, t) => costOf(r, t).total, leaving);

  const repOf = new Int32Array(k).fill(-1);
  const unmatched: { rep: string; disruption: number }[] = [];
  for (let r = 0; r < R; r++) {
    if (column[r]! >= 0) repOf[column[r]!] = r;
    else unmatched.push({ rep: checked.ids[r]!, disruption: leaving[r]! });
  }
  const pairs: RepPair[] = [];
  const unserved: UnservedTerritory[] = [];
  for (const [t, { id: territory }] of problem.territories.entries()) {
    const r = repOf[t]!;
    if (r >= 0) {
      pairs.push({ rep: checked.ids[r]!, territory, cost: costOf(r, t) });
      continue;
    }
    const may = checked.ids.filter((_, i) => !settings.forbidden[i * k + t]);
    unserved.push({ territory, reason: may.length > 0 ? 'taken' : 'forbidden', reps: may });
  }
  const cost =
    pairs.reduce((sum, pair) => sum + pair.cost.total, 0) + unmatched.reduce((sum, rep) => sum + rep.disruption, 0);
  return { pairs, unserved, unmatched, cost };
}

/**
 * Territory of each rep, −1 for none. Reps and territories are filled up to a square. Costs are scaled to 0 … 1, and a
 * pair that is allowed gains more than all costs together can take away, so that as many as possible are matched.
 */
function assign(
  R: number,
  k: number,
  forbidden: Uint8Array,
  cost: (r: number, t: number) => number,
  leaving: Float64Array,
): Int32Array {
  const size = Math.max(R, k);
  const gain = new Float64Array(size * size);
  let most = leaving.reduce((a, b) => Math.max(a, b), 0);
  for (let r = 0; r < R; r++) {
    for (let t = 0; t < size; t++) {
      const allowed = t < k && !forbidden[r * k + t];
      const value = allowed ? cost(r, t) : leaving[r]!;
      gain[r * size + t] = -value;
      if (value > most) most = value;
    }
  }
  const scale = most > 0 ? most : 1;
  for (let r = 0; r < R; r++) {
    for (let t = 0; t < size; t++) {
      const allowed = t < k && !forbidden[r * k + t];
      gain[r * size + t] = gain[r * size + t]! / scale + (allowed ? size + 2 : 0);
    }
  }
  return maximizeAssignment(gain, size)
    .subarray(0, R)
    .map((t, r) => (t < k && !forbidden[r * k + t] ? t : -1));
}

interface Settings {
  readonly to: 'center' | 'units';
  readonly distance: number;
  readonly disruption: number;
  /** Cost of the skills that are missing, R × k. */
  readonly missing: Float64Array;
  /** 1 where the pair must not be, R × k. */
  readonly forbidden: Uint8Array;
}

function readOptions(problem: Problem, reps: CheckedReps, options: MatchRepsOptions): Settings {
  for (const key of Object.keys(options)) {
    if (!KEYS.includes(key))
      throw bad(key, (options as Record<string, unknown>)[key], `is not an option (${KEYS.join(', ')})`);
  }
  const { to = 'center', missingSkill = 'forbidden' } = options;
  if (to !== 'center' && to !== 'units') throw bad('to', to, "must be 'center' or 'units'");
  if (missingSkill !== 'forbidden') weight(missingSkill, 'missingSkill');
  const k = problem.territories.length;
  const missing = new Float64Array(reps.ids.length * k);
  const forbidden = new Uint8Array(missing.length);
  const territoryOf = new Map(problem.territories.map(({ id }, t) => [id, t]));
  for (const [territory, list] of Object.entries(options.skills ?? {})) {
    const path = `skills[${JSON.stringify(territory)}]`;
    const t = territoryOf.get(territory);
    if (t === undefined) throw bad(path, territory, 'must be a territory of the problem');
    const asked = [...new Set(readTexts(list, path))];
    reps.skills.forEach((skills, r) => {
      const lacks = asked.filter((skill) => !skills.has(skill)).length;
      if (missingSkill === 'forbidden') forbidden[r * k + t] = lacks > 0 ? 1 : 0;
      else missing[r * k + t] = lacks * missingSkill;
    });
  }
  (options.forbid ?? []).forEach(([rep, territory], i) => {
    const r = reps.ids.indexOf(rep);
    const t = territoryOf.get(territory);
    if (r < 0) throw bad(`forbid[${i}][0]`, rep, 'must be the id of a rep');
    if (t === undefined) throw bad(`forbid[${i}][1]`, territory, 'must be a territory of the problem');
    forbidden[r * k + t] = 1;
  });
  return {
    to,
    distance: weight(options.distance ?? 1, 'distance'),
    disruption: weight(options.disruption ?? 1, 'disruption'),
    missing,
    forbidden,
  };
}

function weight(value: unknown, path: string): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw bad(path, value, 'must be a finite number of at least 0');
}

function bad(path: string, value: unknown, rule: string) {
  return invalid(path, value, rule, 'INVALID_OPTION');
}
