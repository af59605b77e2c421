/** From what the caller gives to an immutable `Problem`. The one place, besides the layers, that needs H3. */
import type { Demands, Objective, Problem, ProblemInput, Territory } from '../types.js';
import { buildCellGrid } from './adjacency.js';
import { readEdges } from './declared-edges.js';
import { readDemands } from './demands/read-demands.js';
import { readLevels } from './levels.js';
import { buildMixedGrid } from './mixed-grid.js';
import { buildNetwork } from './network.js';
import { NO_ACCOUNTS } from './no-accounts.js';
import { readObjective } from './objective.js';
import { balanceRules, buildTargets, readBalance, sumMeasures } from './targets.js';
import { checkCenters, plainTerritory, readTerritories } from './territories.js';
import { checkLocked, chooseByWeight, indexNames, listTodayIds } from './today.js';
import { readUnitSet, sumActivity, type UnitSet } from './unit-set.js';
import { validateInput } from './validate-input.js';

/**
 * Reading and checking the input; laying the ground and finding neighbours; measuring cells; joining what is apart and
 * building the graph.
 */
export type PrepareStage = 'read' | 'ground' | 'measure' | 'network' | 'done';

export interface PrepareOptions {
  /** Called with the fraction done, rising from 0 to 1, and the stage that goes on from there. */
  readonly onStage?: (fraction: number, stage: PrepareStage) => void;
}

/**
 * Checks the input, lays accounts over cells, and builds the neighbour graph, targets and bounds. Synchronous and
 * pure: the input is neither changed nor kept. Equal input gives equal output; the order of accounts and cells shows
 * only in `accountIds`, the arrays parallel to it, and the order of measures. About 1 µs per cell.
 *
 * General units without positions have no shortest automatic links: components are joined by their lowest units.
 *
 * @throws {TerritoryError} INVALID_INPUT with the path, the value and the rule.
 */
export function prepareProblem(input: ProblemInput, options: PrepareOptions = {}): Problem {
  const report = options.onStage ?? (() => {});
  report(0, 'read');
  const checked = validateInput(input);
  const units = readUnitSet(checked, () => report(0.2, 'ground'));
  const n = units.ids.length;
  const totals = sumMeasures(units.measures, units.activity, n);
  const rows = readTerritories(checked.territories, n, checked.contiguity);
  const balance = readBalance(checked.balance, withoutClasses(totals, units));
  const objective = readObjective(checked.objective, {
    measures: units.measures,
    firstBalanced: balance.keys().next().value ?? null,
    hasLngLat: units.resolution !== null || units.lngLat !== null,
    hasXy: units.xy !== null,
    source: units.source,
    hasMix: units.classes.mix !== null,
    hasMatrix: checked.matrix !== undefined,
  });
  const placed = checkCenters(rows, objective.distance);
  const targets = buildTargets(totals, balance, placed, units.classes);
  const territories = placed.map(plainTerritory);
  const today = assignToday(units, territories, objective);
  checkLocked(territories, today.today);
  const { contiguity } = checked;
  const { borderKm } = objective;
  const edges = units.source === 'units' ? readEdges(checked.edges, { units: n, contiguity, borderKm }) : null;
  const grid = edges ? null : buildGrid(units.cells!, (fraction) => report(0.4 + 0.3 * fraction, 'measure'));
  const lngLat = grid?.lngLat ?? units.lngLat;
  report(0.7, 'network');
  const network = buildNetwork({
    ids: units.ids,
    edges,
    grid,
    places: { lngLat, xy: units.xy, distance: objective.distance },
    checked,
  });
  const demanded = readDemands(checked, {
    units,
    territories,
    objective,
    targets,
    today: today.today,
    accountTerritory: today.accountTerritory,
    graph: network,
  });
  const problem: Problem = {
    name: checked.name,
    resolution: units.resolution,
    ids: units.ids,
    measures: units.measures,
    activity: activityOnMap(units, demanded.demands),
    lngLat,
    xy: units.xy,
    areaKm2: grid?.areaKm2 ?? null,
    ...network,
    territories,
    balance: balanceRules(balance),
    ...targets,
    contiguity,
    objective,
    levels: readLevels(checked.levels, territories, withoutClasses(totals, units), objective.distance),
    ...demanded,
    ...today,
    ...keepAccounts(units),
  };
  report(1, 'done');
  return problem;
}

function buildGrid(cells: NonNullable<UnitSet['cells']>, onStage: (fraction: number) => void) {
  return 'levels' in cells ? buildMixedGrid(cells, onStage) : buildCellGrid(cells, onStage);
}

/** Totals of the measures that the input itself has: those of account classes have rules of their own. */
function withoutClasses(totals: ReadonlyMap<string, number>, { classes }: UnitSet): Map<string, number> {
  const own = new Map(totals);
  for (const { name } of classes.measures) own.delete(name);
  return own;
}

/** Activity per unit without the accounts that are laid over the map. */
function activityOnMap({ accounts, activity }: UnitSet, demands: Demands | null): Float64Array {
  const overlay = demands?.overlay;
  return accounts && overlay ? sumActivity(accounts, accounts.byUnit, (a) => overlay[a]! >= 0) : activity;
}

function assignToday(units: UnitSet, territories: readonly Territory[], { weight }: Objective) {
  const names = units.accounts ? units.accounts.territory : units.territory;
  const todayIds = listTodayIds(territories, names);
  if (!names) return { todayIds, today: null, accountTerritory: null };
  const indices = indexNames(names, todayIds);
  const { accounts } = units;
  if (!accounts) return { todayIds, today: indices, accountTerritory: null };
  const m = weight === null ? -1 : units.measures.indexOf(weight);
  const weights = m < 0 ? null : accounts.activity.subarray(m * accounts.count, (m + 1) * accounts.count);
  return { todayIds, today: chooseByWeight(indices, weights, accounts.byUnit), accountTerritory: indices };
}

function keepAccounts({ accounts }: UnitSet) {
  if (!accounts) return NO_ACCOUNTS;
  const groups = listNames(accounts.group);
  const classes = listNames(accounts.class);
  const families = listNames(accounts.family);
  const { offsets } = accounts.byUnit;
  return {
    accountCount: Int32Array.from({ length: offsets.length - 1 }, (_, u) => offsets[u + 1]! - offsets[u]!),
    accountIds: accounts.ids,
    accountUnit: accounts.unit,
    accountActivity: accounts.activity,
    accountLngLat: accounts.lngLat,
    accountGroup: accounts.group && indexNames(accounts.group, groups),
    groups,
    accountClass: accounts.class && indexNames(accounts.class, classes),
    classes,
    accountFamily: accounts.family && indexNames(accounts.family, families),
    families,
    accountMonths: accounts.months,
    outside: accounts.outside,
  };
}

function listNames(names: readonly (string | null)[] | null): string[] {
  return [...new Set(names ?? [])].filter((name) => name !== null).sort();
}
