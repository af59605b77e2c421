/** What each territory should carry of each measure, and the bounds around it. */
import { invalid } from '../errors.js';
import type { BalanceRule, MeasureName } from '../types.js';
import { type ClassRules, NO_CLASS_RULES } from './demands/class-measures.js';
import { checkKeys, checkNotNegative, checkObject, child } from './input-rules.js';
import type { TerritoryRow } from './territories.js';

/** Each is a bound per territory that every move of the search is checked against. */
export const MAX_BALANCED = 8;
const DEFAULT_TOLERANCE = 0.05;
const KEYS = new Set(['tolerance', 'lower', 'upper']);

interface Rule {
  readonly tolerance: number | null;
  readonly lower: number;
  readonly upper: number;
}

/** Rules by measure, in the order in which `balance` names them. */
export type Balance = ReadonlyMap<string, Rule>;

/** Total per measure, in measure order. `activity`: measures × units. */
export function sumMeasures(
  measures: readonly MeasureName[],
  activity: Float64Array,
  units: number,
): ReadonlyMap<MeasureName, number> {
  const totals = new Map<MeasureName, number>();
  for (let m = 0; m < measures.length; m++) {
    let total = 0;
    for (let u = 0; u < units; u++) total += activity[m * units + u]!;
    totals.set(measures[m]!, total);
  }
  return totals;
}

/** The rules as `readBalance` takes them. The record has no prototype, so that a measure may have any name. */
export function balanceRules(balance: Balance): Readonly<Record<MeasureName, BalanceRule>> {
  const rules: Record<MeasureName, BalanceRule> = Object.create(null);
  for (const [measure, { tolerance, lower, upper }] of balance) {
    rules[measure] =
      tolerance !== null
        ? { tolerance }
        : { ...(lower > -Infinity ? { lower } : {}), ...(upper < Infinity ? { upper } : {}) };
  }
  return rules;
}

/**
 * Default: every measure that has any activity, ±5 %.
 * @throws {TerritoryError} INVALID_INPUT for unknown measures, empty or contradictory rules, more than 8 measures, a
 * balanced measure without activity, totals that are not finite.
 */
export function readBalance(value: unknown, totals: ReadonlyMap<string, number>, path = 'balance'): Balance {
  for (const [measure, total] of totals) {
    if (!Number.isFinite(total)) throw invalid(path, total, `needs a finite total of ${JSON.stringify(measure)}`);
  }
  const balance = value === undefined ? defaultBalance(totals) : readRules(value, totals, path);
  if (balance.size > MAX_BALANCED) {
    throw invalid(path, value, `must name at most ${MAX_BALANCED} measures (there are ${balance.size})`);
  }
  return balance;
}

function defaultBalance(totals: ReadonlyMap<string, number>): Balance {
  const rule = { tolerance: DEFAULT_TOLERANCE, lower: -Infinity, upper: Infinity };
  const balance = new Map<string, Rule>();
  for (const [measure, total] of totals) if (total > 0) balance.set(measure, rule);
  if (balance.size === 0) throw invalid('balance', undefined, 'needs a measure with a total above 0');
  return balance;
}

function readRules(value: unknown, totals: ReadonlyMap<string, number>, parent: string): Balance {
  const input = checkObject(value, parent);
  const balance = new Map<string, Rule>();
  for (const measure of Object.keys(input)) {
    const path = child(parent, measure);
    const total = totals.get(measure);
    if (total === undefined) throw invalid(path, input[measure], `is not a measure (${[...totals.keys()].join(', ')})`);
    balance.set(measure, readRule(input[measure], path));
    if (total === 0) throw invalid(path, 0, 'must be of a measure with a total above 0');
  }
  return balance;
}

function readRule(value: unknown, path: string): Rule {
  const rule = checkObject(value, path);
  checkKeys(rule, path, KEYS);
  const number = (key: 'tolerance' | 'lower' | 'upper', standard: number) =>
    rule[key] === undefined ? standard : checkNotNegative(rule[key], `${path}.${key}`);
  const absolute = rule.lower !== undefined || rule.upper !== undefined;
  if (absolute === (rule.tolerance !== undefined)) {
    throw invalid(path, value, 'must have either a tolerance, or a lower and/or upper bound');
  }
  const lower = number('lower', -Infinity);
  const upper = number('upper', Infinity);
  if (lower > upper) throw invalid(`${path}.lower`, lower, `must not exceed ${path}.upper (${upper})`);
  return { tolerance: absolute ? null : number('tolerance', 0), lower, upper };
}

export interface Targets {
  readonly target: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * M × k each. A measure that every territory has a capacity for is shared by capacity × strength, others by share ×
 * strength; capacities bound from above. The measures of account classes have the targets and bounds of `classes`.
 *
 * @throws {TerritoryError} INVALID_INPUT where shares sum to 0 or are so small that a target vanishes, or where a share
 * or a capacity names no measure.
 */
export function buildTargets(
  totals: ReadonlyMap<string, number>,
  balance: Balance,
  territories: readonly TerritoryRow[],
  classes: ClassRules = NO_CLASS_RULES,
): Targets {
  const k = territories.length;
  const target = new Float64Array(totals.size * k);
  const lower = new Float64Array(target.length).fill(-Infinity);
  const upper = new Float64Array(target.length).fill(Infinity);
  checkMeasures(territories, totals);
  let m = 0;
  for (const [measure, total] of totals) {
    const rule = balance.get(measure);
    const shares = sharesOf(measure, territories);
    for (let t = 0; t < k; t++) {
      const i = m * k + t;
      target[i] = total * shares[t]!;
      const { capacity, strength } = territories[t]!;
      const most = capacity.get(measure);
      if (most !== undefined) upper[i] = most * strength;
      if (!rule) continue;
      if (target[i] === 0) throw noTarget(measure, t, territories);
      lower[i] = rule.tolerance === null ? rule.lower : target[i]! * (1 - rule.tolerance);
      upper[i] = Math.min(upper[i]!, rule.tolerance === null ? rule.upper : target[i]! * (1 + rule.tolerance));
    }
    m++;
  }
  const targets = { target, lower, upper };
  boundClasses(targets, [...totals.keys()], totals, territories, classes);
  return targets;
}

/** The error for a territory without a part of a balanced measure, at what sets its part. */
function noTarget(measure: string, t: number, territories: readonly TerritoryRow[]): Error {
  const { capacity, shares, share } = territories[t]!;
  const path = `territories[${t}]`;
  const rule = 'is too small for a target';
  if (sharedByCapacity(measure, territories)) {
    return invalid(child(`${path}.capacity`, measure), capacity.get(measure), rule);
  }
  const own = shares.get(measure);
  return own === undefined
    ? invalid(`${path}.share`, share, rule)
    : invalid(child(`${path}.shares`, measure), own, rule);
}

function sharedByCapacity(measure: string, territories: readonly TerritoryRow[]): boolean {
  return territories.every(({ capacity }) => capacity.has(measure));
}

/** Each territory's part of a measure, summing to 1. */
function sharesOf(measure: string, territories: readonly TerritoryRow[]): Float64Array {
  const byCapacity = sharedByCapacity(measure, territories);
  const parts = Float64Array.from(territories, ({ capacity, shares, share, strength }) => {
    return (byCapacity ? capacity.get(measure)! : (shares.get(measure) ?? share)) * strength;
  });
  const sum = parts.reduce((a, b) => a + b, 0);
  if (!(sum > 0 && sum < Infinity)) {
    const what = byCapacity ? 'capacities' : 'shares';
    throw invalid('territories', sum, `must have ${what} of ${JSON.stringify(measure)} with a finite sum above 0`);
  }
  return parts.map((part) => part / sum);
}

function checkMeasures(territories: readonly TerritoryRow[], totals: ReadonlyMap<string, number>): void {
  territories.forEach((territory, t) => {
    for (const field of ['shares', 'capacity'] as const) {
      for (const [measure, amount] of territory[field]) {
        if (totals.has(measure)) continue;
        const path = child(`territories[${t}].${field}`, measure);
        throw invalid(path, amount, `is not a measure (${[...totals.keys()].join(', ')})`);
      }
    }
  });
}

function boundClasses(
  { target, lower, upper }: Targets,
  measures: readonly string[],
  totals: ReadonlyMap<string, number>,
  territories: readonly TerritoryRow[],
  { mix, capacity }: ClassRules,
): void {
  const k = territories.length;
  if (mix) {
    const whole = mix.measures.reduce((sum, measure) => sum + totals.get(measure)!, 0);
    mix.measures.forEach((measure, c) => {
      const m = measures.indexOf(measure);
      const shares = sharesOf(measure, territories);
      for (let t = 0; t < k; t++) {
        const i = m * k + t;
        target[i] = whole * mix.target[c]! * shares[t]!;
        if (mix.tolerance === null) continue;
        lower[i] = target[i]! * (1 - mix.tolerance);
        upper[i] = target[i]! * (1 + mix.tolerance);
      }
    });
  }
  for (const rule of capacity) {
    const m = measures.indexOf(rule.measure);
    const only = rule.territory === undefined ? -1 : territories.findIndex(({ id }) => id === rule.territory);
    if (only < 0 && rule.territory !== undefined) {
      throw invalid(`${rule.path}.territory`, rule.territory, 'must be the id of a territory');
    }
    for (let t = 0; t < k; t++) {
      if (only < 0 || only === t) upper[m * k + t] = Math.min(upper[m * k + t]!, rule.max);
    }
  }
}
