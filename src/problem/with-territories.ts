/** Other territories for a problem that is prepared: nothing that takes H3 or time is done again. */
import { TerritoryError } from '../errors.js';
import { groupUnits } from '../metrics/members.js';
import { accountWeights } from '../metrics/weights.js';
import type { BalanceRule, MeasureName, Problem, Territory, TerritorySpec } from '../types.js';
import { checkSiteCount } from './demands/candidates.js';
import { balanceRules, buildTargets, readBalance, sumMeasures } from './targets.js';
import { checkCenters, plainTerritory, readTerritories } from './territories.js';
import { checkLocked, chooseByWeight, renameToday } from './today.js';

/**
 * The same problem with other territories: targets, bounds and today's plan anew, units and accounts shared with the
 * original, which stays as it is. Equal to preparing the input with these territories, but for what the input's own have
 * decided: the objective's default weight, and how fine adaptive cells are. Levels do not carry over. O(M n + A log A).
 *
 * `balance`: as in a problem input. @default the rules of the original
 *
 * @throws {TerritoryError} INVALID_INPUT with the path of the value; also for a problem with demands that name
 * territories, or that bound classes of accounts: pins, rules of service, named accounts, a cost matrix, mix, capacity;
 * and where there are fewer candidates for centres than territories without one.
 * @example
 * const ten = withTerritories(problem, 10);
 */
export function withTerritories(
  problem: Problem,
  territories: number | readonly TerritorySpec[],
  balance: Readonly<Record<MeasureName, BalanceRule>> = problem.balance,
): Problem {
  checkDemands(problem);
  const { ids, measures, activity, objective, contiguity } = problem;
  const totals = sumMeasures(measures, activity, ids.length);
  const rules = readBalance(balance, totals);
  const rows = checkCenters(readTerritories(territories, ids.length, contiguity), objective.distance);
  const own = rows.map(plainTerritory);
  if (problem.demands?.candidates) checkSiteCount(problem.demands.candidates.length / 2, own);
  const today = holdToday(problem, own);
  checkLocked(own, today.today);
  return {
    ...problem,
    territories: own,
    balance: balanceRules(rules),
    ...buildTargets(totals, rules, rows),
    levels: [],
    ...today,
  };
}

function checkDemands({ pinned, demands }: Problem): void {
  const found: readonly (readonly [path: string, what: string, there: boolean])[] = [
    ['pins', 'pins of units', pinned !== null],
    ['forbid', 'forbid and require', demands?.permits != null],
    ['named', 'named accounts, named families and pins of accounts', demands?.overlay != null],
    ['forbid', 'forbid and require', demands?.accountPermits != null],
    ['matrix', 'a matrix', demands?.matrix != null],
    ['mix', 'mix, and capacity by class,', demands != null && demands.classMeasures.length > 0],
  ];
  for (const [path, what, there] of found) {
    if (!there) continue;
    const rule = 'cannot go over from the territories of the input to others';
    throw new TerritoryError('INVALID_INPUT', `${what} ${rule}`, { path, rule });
  }
}

/** Who serves whom today, by index into the new territories' ids and today's other ids. */
function holdToday(
  problem: Problem,
  territories: readonly Territory[],
): Pick<Problem, 'todayIds' | 'today' | 'accountTerritory'> {
  const { ids, accountTerritory, accountUnit, today } = problem;
  const { todayIds, index } = renameToday(problem.todayIds, accountTerritory ?? today, territories);
  const renamed = (held: Int32Array | null) => held?.map((t) => (t < 0 ? -1 : index[t]!)) ?? null;
  if (!accountTerritory) return { todayIds, today: renamed(today), accountTerritory: null };
  // Equally heavy holdings of one unit go by index, so the holders are chosen anew.
  const holders = renamed(accountTerritory)!;
  const byUnit = groupUnits(accountUnit!, ids.length);
  const weights = problem.objective.weight === null ? null : accountWeights(problem);
  const chosen = chooseByWeight(holders, weights, { offsets: byUnit.offsets, order: byUnit.units });
  return { todayIds, today: chosen, accountTerritory: holders };
}
