/** What each territory should carry of each measure, and the bounds around it. */
import { invalid } from '../errors.js';
import type { Territory } from '../types.js';
import { checkKeys, checkNotNegative, checkObject, child } from './input-rules.js';

/** The kernel carries as many. */
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

/**
 * Default: every measure that has any activity, ±5 %.
 * @throws {TerritoryError} INVALID_INPUT for unknown measures, empty or contradictory rules, more than 8 measures, a
 * balanced measure without activity, totals that are not finite.
 */
export function readBalance(value: unknown, totals: ReadonlyMap<string, number>): Balance {
  for (const [measure, total] of totals) {
    if (!Number.isFinite(total)) throw invalid('balance', total, `needs a finite total of ${JSON.stringify(measure)}`);
  }
  const balance = value === undefined ? defaultBalance(totals) : readRules(value, totals);
  if (balance.size > MAX_BALANCED) {
    throw invalid('balance', value, `must name at most ${MAX_BALANCED} measures (there are ${balance.size})`);
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

function readRules(value: unknown, totals: ReadonlyMap<string, number>): Balance {
  const input = checkObject(value, 'balance');
  const balance = new Map<string, Rule>();
  for (const measure of Object.keys(input)) {
    const path = child('balance', measure);
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

/** M × k each. @throws {TerritoryError} INVALID_INPUT when a share is so small that its target vanishes. */
export function buildTargets(
  totals: ReadonlyMap<string, number>,
  balance: Balance,
  territories: readonly Territory[],
): Targets {
  const k = territories.length;
  const target = new Float64Array(totals.size * k);
  const lower = new Float64Array(target.length).fill(-Infinity);
  const upper = new Float64Array(target.length).fill(Infinity);
  let shares = 0;
  for (const territory of territories) shares += territory.share;
  let m = 0;
  for (const [measure, total] of totals) {
    const rule = balance.get(measure);
    for (let t = 0; t < k; t++) {
      const i = m * k + t;
      target[i] = total * (territories[t]!.share / shares);
      if (!rule) continue;
      if (target[i] === 0) throw invalid(`territories[${t}].share`, territories[t]!.share, 'is too small for a target');
      lower[i] = rule.tolerance === null ? rule.lower : target[i]! * (1 - rule.tolerance);
      upper[i] = rule.tolerance === null ? rule.upper : target[i]! * (1 + rule.tolerance);
    }
    m++;
  }
  return { target, lower, upper };
}
