/** `mix` and `capacity` count accounts by class: each class that they name becomes a measure of its own. */
import { invalid } from '../../errors.js';
import type { AccountTable } from '../accounts.js';
import { checkArray, checkKeys, checkNotNegative, checkNumber, checkObject, checkText, child } from '../input-rules.js';

/** Each is a column of numbers as long as there are accounts, which every move of the search is counted in. */
export const MAX_CLASS_MEASURES = 32;
const CAPACITY_KEYS = new Set(['class', 'measure', 'max', 'territory']);
const MIX_KEYS = new Set(['measure', 'target', 'tolerance']);

/** One class of accounts, counted or by a measure of theirs. */
export interface ClassMeasure {
  /** `class:measure`, `class:accounts` where accounts are counted. */
  readonly name: string;
  readonly class: string;
  /** Null counts accounts. */
  readonly measure: string | null;
}

export interface ClassCapacityRule {
  readonly measure: string;
  readonly max: number;
  /** Unchecked id; undefined for every territory. */
  readonly territory: unknown;
  readonly path: string;
}

export interface MixRule {
  readonly classes: readonly string[];
  /** Name of the measure of each class. */
  readonly measures: readonly string[];
  /** Share per class, summing to 1. */
  readonly target: Float64Array;
  readonly tolerance: number | null;
}

export interface ClassRules {
  readonly measures: readonly ClassMeasure[];
  readonly capacity: readonly ClassCapacityRule[];
  readonly mix: MixRule | null;
}

export const NO_CLASS_RULES: ClassRules = { measures: [], capacity: [], mix: null };

/** @throws {TerritoryError} INVALID_INPUT, also where more than 32 measures would be made, or two of one name. */
export function readClassRules(capacity: unknown, mix: unknown, accounts: AccountTable): ClassRules {
  if (capacity === undefined && mix === undefined) return NO_CLASS_RULES;
  const classes = [...new Set(accounts.class ?? [])].filter((name) => name !== null).sort();
  const at = capacity === undefined ? 'mix' : 'capacity';
  if (classes.length === 0) throw invalid(at, capacity ?? mix, 'needs accounts with a class');
  const measures = new Map<string, ClassMeasure>();
  const measureOf = (name: string, measure: string | null, path: string): string => {
    const id = `${name}:${measure ?? 'accounts'}`;
    const known = measures.get(id);
    if (accounts.measures.includes(id) || (known && (known.class !== name || known.measure !== measure))) {
      throw invalid(path, id, 'must not be the name of another measure');
    }
    if (!known && measures.size === MAX_CLASS_MEASURES) {
      throw invalid(path, name, `must not take class measures beyond ${MAX_CLASS_MEASURES}`);
    }
    measures.set(id, { name: id, class: name, measure });
    return id;
  };
  const checkBase = (value: unknown, path: string): string | null => {
    if (value === undefined || value === null) return null;
    if (accounts.measures.includes(value as string)) return value as string;
    throw invalid(path, value, `must be null or a measure (${accounts.measures.join(', ')})`);
  };
  const rules =
    capacity === undefined
      ? []
      : checkArray(capacity, 'capacity').map((given, i): ClassCapacityRule => {
          const path = `capacity[${i}]`;
          const rule = checkObject(given, path);
          checkKeys(rule, path, CAPACITY_KEYS);
          const name = checkText(rule.class, `${path}.class`);
          if (!classes.includes(name))
            throw invalid(`${path}.class`, name, `must be a class of accounts (${classes.join(', ')})`);
          const measure = measureOf(name, checkBase(rule.measure, `${path}.measure`), path);
          return { measure, max: checkNotNegative(rule.max, `${path}.max`), territory: rule.territory, path };
        });
  return { capacity: rules, mix: mix === undefined ? null : readMix(), measures: [...measures.values()] };

  function readMix(): MixRule {
    const rule = checkObject(mix, 'mix');
    checkKeys(rule, 'mix', MIX_KEYS);
    const base = checkBase(rule.measure, 'mix.measure');
    const totals = classTotals(accounts, base);
    const wanted = readMixTarget(rule.target, classes, totals);
    const sum = [...wanted.values()].reduce((a, b) => a + b, 0);
    const tolerance = rule.tolerance === undefined ? null : checkNotNegative(rule.tolerance, 'mix.tolerance');
    return {
      classes: [...wanted.keys()],
      measures: [...wanted.keys()].map((name) => measureOf(name, base, 'mix')),
      target: Float64Array.from(wanted.values(), (share) => share / sum),
      tolerance,
    };
  }
}

function readMixTarget(value: unknown, classes: readonly string[], totals: ReadonlyMap<string, number>) {
  const wanted = new Map<string, number>();
  if (value === undefined) {
    for (const [name, total] of totals) if (total > 0) wanted.set(name, total);
    if (wanted.size === 0) throw invalid('mix', value, 'needs a class with a total above 0');
    return wanted;
  }
  const given = checkObject(value, 'mix.target');
  for (const name of Object.keys(given)) {
    const path = child('mix.target', name);
    if (!classes.includes(name))
      throw invalid(path, given[name], `must be a class of accounts (${classes.join(', ')})`);
    wanted.set(name, checkNumber(given[name], path, Number.MIN_VALUE, 1e300, 'must be a finite number greater than 0'));
  }
  if (wanted.size === 0) throw invalid('mix.target', value, 'must not be empty');
  return wanted;
}

function classTotals(accounts: AccountTable, base: string | null): Map<string, number> {
  const totals = new Map<string, number>();
  const at = base === null ? -1 : accounts.measures.indexOf(base) * accounts.count;
  accounts.class?.forEach((name, a) => {
    if (name !== null) totals.set(name, (totals.get(name) ?? 0) + (at < 0 ? 1 : accounts.activity[at + a]!));
  });
  return new Map([...totals].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The accounts with the class measures after their own. */
export function addClassMeasures(accounts: AccountTable, { measures }: ClassRules): AccountTable {
  if (measures.length === 0) return accounts;
  const { count } = accounts;
  const own = accounts.measures.length;
  const activity = new Float64Array((own + measures.length) * count);
  activity.set(accounts.activity);
  measures.forEach((rule, i) => {
    const from = rule.measure === null ? -1 : accounts.measures.indexOf(rule.measure) * count;
    const to = (own + i) * count;
    for (let a = 0; a < count; a++) {
      if (accounts.class![a] === rule.class) activity[to + a] = from < 0 ? 1 : accounts.activity[from + a]!;
    }
  });
  return { ...accounts, measures: [...accounts.measures, ...measures.map(({ name }) => name)], activity };
}
