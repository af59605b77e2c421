/** All demands of a document beyond targets, contiguity and locks, put in terms of units. */
import type { Demands, Mix, Objective, Permits, Territory } from '../../types.js';
import { child } from '../input-rules.js';
import type { Targets } from '../targets.js';
import type { UnitSet } from '../unit-set.js';
import type { CheckedInput } from '../validate-input.js';
import { readCandidates } from './candidates.js';
import { type FamilyMembers, listFamilies, readFamilyRules } from './families.js';
import { joinGroups, type NamedGroup, readGroups } from './groups.js';
import { readLimits } from './limits.js';
import { type Locks, listLocks } from './locks.js';
import { readMatrix } from './matrix.js';
import { type NamedSet, readNamed } from './named.js';
import { Names } from './names.js';
import { layOver, type Overlay } from './overlay.js';
import { PermitSets } from './permit-sets.js';
import { bindUnits, collectPermits } from './permits.js';
import { type Pins, readPins } from './pins.js';
import { readServiceRules, type ServiceSets } from './service-rules.js';

export interface DemandContext {
  readonly units: UnitSet;
  readonly territories: readonly Territory[];
  readonly objective: Objective;
  readonly targets: Targets;
  /** Today's territory per unit and per account. */
  readonly today: Int32Array | null;
  readonly accountTerritory: Int32Array | null;
  readonly graph: { readonly offsets: Int32Array; readonly neighbors: Int32Array };
}

export interface ReadDemands {
  readonly pinned: Int32Array | null;
  /** Null when the document demands nothing of the kind. */
  readonly demands: Demands | null;
}

/** @throws {TerritoryError} INVALID_INPUT with the path of what is wrong or contradicts something else. */
export function readDemands(checked: CheckedInput, context: DemandContext): ReadDemands {
  const { units, territories, today } = context;
  const { accounts } = units;
  const n = units.ids.length;
  const k = territories.length;
  const names = new Names({
    territories: territories.map(({ id }) => id),
    units: units.ids,
    accounts: accounts?.ids ?? [],
  });
  const sets: ServiceSets = { units: new PermitSets(k), accounts: new PermitSets(k) };
  const locks = listLocks(territories, today);
  readServiceRules(checked.forbid, 'forbid', names, sets, locks);
  readServiceRules(checked.require, 'require', names, sets, locks);
  const pins = readPins(checked.pins, { names, sets, territories, today });
  const held = (u: number): number => {
    const locked = locks.holder(u);
    return locked >= 0 ? locked : (pins.units.get(u)?.territory ?? -1);
  };
  const families = listFamilies(accounts?.family ?? null);
  const rules = readFamilyRules(checked.families, families);
  const named = readNamed(checked.named, names, families);
  for (const [name, rule] of rules) {
    if (rule === 'named') named.push({ accounts: families.get(name)!, territory: null, path: child('families', name) });
  }
  const overlay = accounts ? decideOverlay(pins, named, sets, held, locks, context) : null;
  const groups = readGroups(checked.groups, names, accounts?.unit ?? null);
  for (const [name, rule] of rules) if (rule === 'together') groups.push(familyGroup(name, families, overlay, units));
  const { together, groupIds } = joinGroups(groups, n, k, {
    held,
    permitted: (u) => sets.units.of(u),
    isLocked: (t) => territories[t]!.locked,
  });
  const demands: Demands = {
    permits: collectPermits(sets.units, n, (u) => held(u) >= 0),
    accountPermits: accounts ? collectAccountPermits(sets, accounts.count, named, pins) : null,
    together,
    groupIds,
    overlay: overlay?.overlay ?? null,
    baseLoad: overlay?.baseLoad ?? null,
    limits: readLimits(checked.limits, {
      today: context.accountTerritory ?? today,
      measures: units.measures,
      activity: context.accountTerritory ? accounts!.activity : units.activity,
      months: accounts?.months ?? null,
    }),
    matrix: readMatrix(checked.matrix, {
      names,
      ids: units.ids,
      territories: k,
      isOccupied: (u) => units.measures.some((_, m) => units.activity[m * n + u]! > 0),
      ...context.graph,
    }),
    mix: readMix(units),
    classMeasures: units.classes.measures.map(({ name }) => units.measures.indexOf(name)),
    candidates: readCandidates(checked.candidates, territories, context.objective),
  };
  return { pinned: listPinned(pins, n), demands: isEmpty(demands) ? null : demands };
}

/** Which accounts are laid over the map; null for none. Narrows the units' sets by those of the accounts that are not. */
function decideOverlay(
  pins: Pins,
  named: readonly NamedSet[],
  sets: ServiceSets,
  held: (unit: number) => number,
  locks: Locks,
  { units, territories, objective, targets, accountTerritory }: DemandContext,
): Overlay | null {
  const accounts = units.accounts!;
  const m = objective.weight === null ? -1 : units.measures.indexOf(objective.weight);
  const weights =
    m < 0
      ? new Float64Array(accounts.count).fill(1)
      : accounts.activity.subarray(m * accounts.count, (m + 1) * accounts.count);
  const over: NamedSet[] = [...named];
  for (const [a, pin] of pins.accounts) over.push({ accounts: [a], ...pin });
  const claimed = new Set(over.flatMap((set) => set.accounts));
  for (const a of sets.accounts.things) {
    const home = held(accounts.unit[a]!);
    if (home < 0 || claimed.has(a)) continue;
    const only = sets.units.full(0);
    only[home] = 1;
    sets.units.narrow(accounts.unit[a]!, only);
  }
  const laid = bindUnits(sets, accounts, weights, (account) => claimed.has(account), locks.openTo);
  for (const a of laid) {
    over.push({ accounts: [a], territory: null, path: `accounts[${a}]` });
  }
  if (over.length === 0) return null;
  return layOver(over, {
    accounts: accounts.count,
    measures: units.measures.length,
    activity: accounts.activity,
    lngLat: accounts.lngLat,
    weights,
    today: accountTerritory,
    territories,
    target: targets.target,
    upper: targets.upper,
    permits: sets.accounts,
  });
}

/** Who may have the accounts that a plan lays over the map: by rules, pins, and named accounts with a territory. */
function collectAccountPermits(
  { accounts }: ServiceSets,
  count: number,
  named: readonly NamedSet[],
  pins: Pins,
): Permits | null {
  const bind = (a: number, territory: number) => {
    const only = accounts.full(0);
    only[territory] = 1;
    accounts.narrow(a, only);
  };
  for (const [a, { territory }] of pins.accounts) bind(a, territory);
  for (const { accounts: set, territory } of named) if (territory !== null) for (const a of set) bind(a, territory);
  return collectPermits(accounts, count, () => false);
}

function familyGroup(
  name: string,
  families: FamilyMembers,
  overlay: Overlay | null,
  { accounts }: UnitSet,
): NamedGroup {
  const members = families.get(name)!.filter((a) => !overlay || overlay.overlay[a]! < 0);
  return { id: name, path: child('families', name), units: members.map((a) => accounts!.unit[a]!) };
}

function listPinned({ units }: Pins, n: number): Int32Array | null {
  if (units.size === 0) return null;
  const pinned = new Int32Array(n).fill(-1);
  for (const [u, { territory }] of units) pinned[u] = territory;
  return pinned;
}

function readMix({ classes: { mix }, measures }: UnitSet): Mix | null {
  if (!mix) return null;
  return {
    measures: Int32Array.from(mix.measures, (name) => measures.indexOf(name)),
    classes: mix.classes,
    target: mix.target,
  };
}

function isEmpty({ limits, classMeasures, groupIds: _, ...others }: Demands): boolean {
  return Object.values(others).every((demand) => demand === null) && limits.length + classMeasures.length === 0;
}
