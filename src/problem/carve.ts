/** A part of a problem as a problem of its own: some of its units, for some of its territories. */
import { invalid } from '../errors.js';
import type { Problem } from '../types.js';
import { carveAccounts, listKeptAccounts } from './carve-accounts.js';
import { carveDemands, carvePins } from './carve-demands.js';
import { carveGraph } from './carve-graph.js';
import { carveTargets } from './carve-targets.js';
import { checkLocked, renameToday } from './today.js';

export interface CarveOptions {
  /**
   * Targets of the part: `'anew'`, what the part holds in proportion to the targets in the whole, under the problem's
   * rules; bounds that come from elsewhere, such as capacities, stay. `'kept'`: targets and bounds of the whole.
   * @default 'anew'
   */
  readonly targets?: 'anew' | 'kept';
}

/**
 * The problem of the given units and territories alone, for designing a region without touching the rest. Units and
 * accounts keep their ids and their order; of today's plan other territories become reps of today only. What hangs
 * together in the whole but not in the part is joined by the shortest links, which `links` lists with those of the
 * whole; a problem does not know its barriers, so such a link may cross one. Borders to units that are left out become outer borders. Measures of
 * which the part has nothing are not balanced anew. What else a plan has to respect is carried over as far as it speaks
 * of the part, see `carveDemands`. Levels are not. Pure; O(n + M n + A).
 *
 * `units` and `territories`: indices into the problem's, ascending and in any order.
 *
 * @throws {TerritoryError} INVALID_INPUT for indices that are not, repeated or out of order, more territories than
 * units, and a locked territory without units of its own in the part.
 * @example
 * const east = carveProblem(problem, unitsOfTheEast, [3, 4, 5]);
 */
export function carveProblem(
  problem: Problem,
  units: ArrayLike<number>,
  territories: ArrayLike<number>,
  options: CarveOptions = {},
): Problem {
  const { targets = 'anew' } = options;
  if (targets !== 'anew' && targets !== 'kept') {
    throw invalid('targets', targets, "must be 'anew' or 'kept'", 'INVALID_OPTION');
  }
  const own = checkUnits(units, problem.ids.length);
  const chosen = checkTerritories(territories, problem.territories.length, own.length);
  const at = new Int32Array(problem.ids.length).fill(-1);
  own.forEach((u, i) => {
    at[u] = i;
  });
  const activity = pickRows(problem.activity, problem.measures.length, own);
  const specs = Array.from(chosen, (t) => problem.territories[t]!);
  const kept = listKeptAccounts(problem, at, chosen);
  const part = { own, chosen, kept };
  const accounts = carveAccounts(problem, at, kept, own.length);
  const today = problem.today && own.map((u) => problem.today![u]!);
  const { todayIds, index } = renameToday(problem.todayIds, accounts.accountTerritory ?? today, specs);
  const rename = (held: Int32Array | null) => held?.map((t) => (t < 0 ? -1 : index[t]!)) ?? null;
  const lngLat = problem.lngLat && pickPairs(problem.lngLat, own);
  const xy = problem.xy && pickPairs(problem.xy, own);
  const carved: Problem = {
    ...problem,
    ids: Array.from(own, (u) => problem.ids[u]!),
    activity,
    lngLat,
    xy,
    areaKm2: problem.areaKm2 && pickRows(problem.areaKm2, 1, own),
    ...carveGraph(problem, own, at, { lngLat, xy, distance: problem.objective.distance }),
    territories: specs,
    ...carveTargets(problem, activity, chosen, targets),
    pinned: carvePins(problem, part),
    demands: carveDemands(problem, part),
    levels: [],
    todayIds,
    ...accounts,
    today: rename(today),
    accountTerritory: rename(accounts.accountTerritory),
  };
  checkLocked(specs, carved.today);
  return carved;
}

function checkUnits(units: ArrayLike<number>, n: number): Int32Array {
  if (units.length === 0) throw invalid('units', [], 'must not be empty');
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    if (Number.isInteger(u) && u >= 0 && u < n && (i === 0 || u > units[i - 1]!)) continue;
    throw invalid(`units[${i}]`, u, `must be an index from 0 to ${n - 1}, greater than the one before it`);
  }
  return Int32Array.from(units);
}

function checkTerritories(territories: ArrayLike<number>, k: number, units: number): Int32Array {
  const count = territories.length;
  if (count === 0) throw invalid('territories', [], 'must not be empty');
  if (count > units) throw invalid('territories.length', count, `must not be more than the units (${units})`);
  const seen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const t = territories[i]!;
    if (!(Number.isInteger(t) && t >= 0 && t < k) || seen.has(t)) {
      throw invalid(`territories[${i}]`, t, `must be an index from 0 to ${k - 1}, and none twice`);
    }
    seen.add(t);
  }
  return Int32Array.from(territories);
}

/** `values`: `rows` × n; of every row the given units. */
function pickRows(values: Float64Array, rows: number, units: Int32Array): Float64Array {
  const n = values.length / rows;
  const picked = new Float64Array(rows * units.length);
  for (let m = 0; m < rows; m++) {
    for (let i = 0; i < units.length; i++) picked[m * units.length + i] = values[m * n + units[i]!]!;
  }
  return picked;
}

function pickPairs(values: Float64Array, units: Int32Array): Float64Array {
  const picked = new Float64Array(2 * units.length);
  for (let i = 0; i < units.length; i++) {
    picked[2 * i] = values[2 * units[i]!]!;
    picked[2 * i + 1] = values[2 * units[i]! + 1]!;
  }
  return picked;
}
