/**
 * Bounds against what there is to serve, and who may serve it. As if units could be parted: a transportation problem per
 * measure, whose minimum cut names the units and the territories that do not fit (Hall's condition).
 */

import { percent, show } from '../metrics/wording.js';
import type { Problem } from '../types.js';
import { boundDemands, widened } from './bound-demands.js';
import { type Conflict, type DemandName, heaviest, list, ROUNDING } from './conflict.js';
import { maximumFlow } from './maximum-flow.js';
import type { Servers } from './servers.js';

/**
 * Units that nobody may serve; and at most two conflicts per measure: units too heavy for their territories, territories
 * too wide for their units.
 */
export function checkService(problem: Problem, servers: Servers): Conflict[] {
  const found: Conflict[] = checkServed(problem, servers);
  problem.measures.forEach((_, m) => {
    const supply = classSupply(problem, servers, m);
    const above = findTooHeavy(problem, servers, m, supply);
    const below = findTooLight(problem, servers, m, supply);
    if (above) found.push(above);
    if (below) found.push(below);
  });
  return found;
}

/** Units that are nobody's and that only locked territories might serve, which take nothing. */
function checkServed(problem: Problem, servers: Servers): Conflict[] {
  const classes = servers.territories.flatMap((own, c) => (own.length === 0 ? [c] : []));
  const units = unitsOf(servers, classes);
  if (units.length === 0) return [];
  const barred = units.some((u) => (problem.demands?.permits?.row[u] ?? -1) >= 0);
  const first = problem.ids[units[0]!]!;
  const what = units.length === 1 ? `Unit ${first}` : `${units.length} units, the first of them ${first},`;
  return [
    {
      kind: 'service',
      proven: true,
      demands: barred ? ['locked', 'permits'] : ['locked'],
      territories: [],
      units: units.slice(0, 10).map((u) => problem.ids[u]!),
      measure: null,
      excess: 1,
      message: `${what} may be served by locked territories alone, which take nothing that is not theirs today.`,
    },
  ];
}

/** Per class what there is of a measure; 0 where nobody may serve it, which is a conflict of its own. */
function classSupply(problem: Problem, { classOf, territories }: Servers, m: number): Float64Array {
  const supply = new Float64Array(territories.length);
  const n = problem.ids.length;
  for (let u = 0; u < n; u++) {
    if (territories[classOf[u]!]!.length > 0) supply[classOf[u]!]! += problem.activity[m * n + u]!;
  }
  return supply;
}

/** What a bound leaves for units beside the accounts that lie over the map; at least 0. */
function leftOf(problem: Problem, bounds: Float64Array, m: number): Float64Array {
  const k = problem.territories.length;
  const base = problem.demands?.baseLoad;
  return Float64Array.from({ length: k }, (_, t) => Math.max(0, bounds[m * k + t]! - (base?.[m * k + t] ?? 0)));
}

function findTooHeavy(problem: Problem, servers: Servers, m: number, supply: Float64Array): Conflict | null {
  const total = supply.reduce((a, b) => a + b, 0);
  // a bound that is none takes everything
  const room = leftOf(problem, widened(problem).upper, m).map((x) => Math.min(x, total));
  const single = singleTooHeavy(problem, servers, m, supply);
  if (single) return single;
  const { shipped, suppliers, reached } = maximumFlow({ supply, demand: room, takers: servers.territories });
  if (total - shipped <= ROUNDING * total) return null;
  const weight = suppliers.reduce((sum, c) => sum + supply[c]!, 0);
  const bound = reached.reduce((sum, t) => sum + room[t]!, 0);
  return describe(problem, servers, m, suppliers, reached, weight, bound, true);
}

/** Territories whose own pinned, locked and named load is beyond their bound: the smallest conflicts there are. */
function singleTooHeavy(problem: Problem, servers: Servers, m: number, supply: Float64Array): Conflict | null {
  const k = problem.territories.length;
  const { upper } = widened(problem);
  const alone: number[][] = problem.territories.map(() => []);
  servers.territories.forEach((own, c) => {
    if (own.length === 1) alone[own[0]!]!.push(c);
  });
  for (let t = 0; t < k; t++) {
    const classes = alone[t]!;
    const base = problem.demands?.baseLoad?.[m * k + t] ?? 0;
    const weight = classes.reduce((sum, c) => sum + supply[c]!, base);
    const bound = upper[m * k + t]!;
    if (weight - bound <= ROUNDING * Math.max(weight, bound)) continue;
    const units = unitsOf(servers, classes);
    const demands = serviceDemands(problem, boundDemands(problem, m, 'upper', [t]), servers, units, base > 0);
    const id = problem.territories[t]!.id;
    return {
      kind: 'service',
      proven: true,
      demands,
      territories: [id],
      units: heaviest(units, problem.activity, m * problem.ids.length).map((u) => problem.ids[u]!),
      measure: problem.measures[m]!,
      excess: bound > 0 ? weight / bound - 1 : 1,
      message: `${subject(id, demands, units.length)} weigh ${show(weight)} ${problem.measures[m]}, ${ofBound(weight, bound)} of its upper bound of ${show(bound)}.`,
    };
  }
  return null;
}

/** What a territory has for certain. */
function subject(id: string, demands: readonly DemandName[], units: number): string {
  const over = demands.includes('named') ? 'accounts laid over the map' : '';
  if (units === 0) return `Accounts laid over the map for ${id} alone`;
  const and = over === '' ? '' : ` and ${over}`;
  const words = [demands.includes('pins') && 'pinned', demands.includes('locked') && 'locked']
    .filter(Boolean)
    .join(' and ');
  if (words === '') return `Units that only ${id} may serve${and}`;
  return `${words[0]!.toUpperCase()}${words.slice(1)} units${and} of ${id} alone`;
}

function ofBound(weight: number, bound: number): string {
  return bound > 0 ? percent(weight / bound) : 'more than all';
}

function findTooLight(problem: Problem, servers: Servers, m: number, supply: Float64Array): Conflict | null {
  const k = problem.territories.length;
  const need = leftOf(problem, widened(problem).lower, m);
  const wanted = need.reduce((a, b) => a + b, 0);
  if (wanted === 0) return null;
  // territories supply their need to the classes that can fill it
  const fillers: number[][] = Array.from({ length: k }, () => []);
  servers.territories.forEach((own, c) => {
    for (const t of own) fillers[t]!.push(c);
  });
  const { shipped, suppliers, reached } = maximumFlow({ supply: need, demand: supply, takers: fillers });
  if (wanted - shipped <= ROUNDING * wanted) return null;
  const bound = suppliers.reduce((sum, t) => sum + need[t]!, 0);
  const weight = reached.reduce((sum, c) => sum + supply[c]!, 0);
  return describe(problem, servers, m, reached, suppliers, weight, bound, false);
}

function describe(
  problem: Problem,
  servers: Servers,
  m: number,
  classes: readonly number[],
  territories: readonly number[],
  weight: number,
  bound: number,
  above: boolean,
): Conflict {
  const measure = problem.measures[m]!;
  const names = territories.map((t) => problem.territories[t]!.id);
  const whole = names.length === problem.territories.length;
  const units = unitsOf(servers, classes);
  // what is too heavy is bound to its territories; where these have too little, the rest is bound to others
  const binding = above ? units : unitsBeside(servers, classes);
  const based = territories.some((t) => (problem.demands?.baseLoad?.[m * problem.territories.length + t] ?? 0) > 0);
  const bounds = `the ${above ? 'upper' : 'lower'} bounds of ${whole ? 'all territories' : list(names)}`;
  const message = whole
    ? `There are ${show(weight)} ${measure}${!above && binding.length > 0 ? ' that someone may serve' : ''}, but ${bounds} come to ${show(bound)}${based ? ' beside the accounts laid over the map' : ''}.`
    : above
      ? `Units that only ${list(names)} may serve weigh ${show(weight)} ${measure}, ${ofBound(weight, bound)} of ${bounds}.`
      : `${list(names)} may serve units of ${show(weight)} ${measure} at most, ${percent(weight / bound)} of ${bounds}.`;
  const kinds = boundDemands(problem, m, above ? 'upper' : 'lower', territories);
  return {
    kind: whole ? 'totals' : 'service',
    proven: true,
    demands: serviceDemands(problem, kinds, servers, whole && above ? [] : binding, based),
    territories: whole ? [] : names,
    units: whole ? [] : heaviest(units, problem.activity, m * problem.ids.length).map((u) => problem.ids[u]!),
    measure,
    excess: above ? (bound > 0 ? weight / bound - 1 : 1) : weight > 0 ? bound / weight - 1 : 1,
    message,
  };
}

function unitsOf({ classOf }: Servers, classes: readonly number[]): number[] {
  const wanted = new Set(classes);
  const units: number[] = [];
  for (let u = 0; u < classOf.length; u++) if (wanted.has(classOf[u]!)) units.push(u);
  return units;
}

function unitsBeside(servers: Servers, classes: readonly number[]): number[] {
  const inside = new Set(classes);
  return unitsOf(
    servers,
    servers.territories.map((_, c) => c).filter((c) => !inside.has(c)),
  );
}

/** The bounds, and what decides who may serve the units; `named`: whether accounts lie over the map. */
function serviceDemands(
  problem: Problem,
  bounds: readonly DemandName[],
  { held }: Servers,
  units: readonly number[],
  named: boolean,
): DemandName[] {
  const demands = new Set<DemandName>(bounds);
  if (named) demands.add('named');
  const locks = problem.territories.some(({ locked }) => locked);
  for (const u of units) {
    if (held[u]! >= 0) demands.add(problem.territories[held[u]!]!.locked ? 'locked' : 'pins');
    else {
      if (locks) demands.add('locked');
      if ((problem.demands?.permits?.row[u] ?? -1) >= 0) demands.add('permits');
    }
  }
  return [...demands].sort();
}
