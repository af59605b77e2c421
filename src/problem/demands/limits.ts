/** `limits`: the most that may change hands against today's plan. */
import { invalid } from '../../errors.js';
import type { MoveLimit } from '../../types.js';
import { checkKeys, checkNotNegative, checkNumber, checkObject, child } from '../input-rules.js';

const KEYS = new Set(['accounts', 'activity', 'months', 'value']);
const AMOUNT_KEYS = new Set(['max', 'share']);
const VALUE_KEYS = new Set(['measure', 'max', 'lossRate']);

/**
 * Share of revenue lost when a rep leaves: 13.2 % to 17.6 % were measured (Shi, Sridhar, Grewal, Lilien, Journal of
 * Marketing 81(2), 2017); this is their middle. That planned moves lose as much is an assumption.
 */
export const LOSS_RATE = 0.154;

/** What may change hands: the accounts, or the units where there are none. */
export interface Movables {
  /** Today's territory, −1 for none; null without today's plan. */
  readonly today: Int32Array | null;
  readonly measures: readonly string[];
  /** Measures × count. */
  readonly activity: Float64Array;
  readonly months: Float64Array | null;
}

/** @throws {TerritoryError} INVALID_INPUT */
export function readLimits(value: unknown, movables: Movables): MoveLimit[] {
  if (value === undefined) return [];
  const input = checkObject(value, 'limits');
  checkKeys(input, 'limits', KEYS);
  const { today, measures, activity, months } = movables;
  if (!today?.some((t) => t >= 0))
    throw invalid('limits', value, "needs today's plan: territory on accounts, cells or units");
  const count = today.length;
  const columnOf = (name: unknown, path: string) => {
    const m = measures.indexOf(name as string);
    if (m < 0) throw invalid(path, name, `must be a measure (${measures.join(', ')})`);
    return activity.slice(m * count, (m + 1) * count);
  };
  const held = (amount: Float64Array) => amount.reduce((sum, x, i) => (today[i]! >= 0 ? sum + x : sum), 0);
  const limits: MoveLimit[] = [];
  if (input.accounts !== undefined) {
    const amount = new Float64Array(count).fill(1);
    limits.push({
      kind: 'accounts',
      measure: null,
      max: readAmount(input.accounts, 'limits.accounts', held(amount)),
      amount,
    });
  }
  if (input.activity !== undefined) {
    const byMeasure = checkObject(input.activity, 'limits.activity');
    for (const measure of Object.keys(byMeasure)) {
      const path = child('limits.activity', measure);
      const amount = columnOf(measure, path);
      limits.push({ kind: 'activity', measure, max: readAmount(byMeasure[measure], path, held(amount)), amount });
    }
  }
  if (input.months !== undefined) {
    if (!months) throw invalid('limits.months', input.months, 'needs accounts with months');
    limits.push({
      kind: 'months',
      measure: null,
      max: readAmount(input.months, 'limits.months', held(months)),
      amount: months,
    });
  }
  if (input.value !== undefined) {
    const path = 'limits.value';
    const rule = checkObject(input.value, path);
    checkKeys(rule, path, VALUE_KEYS);
    const rate =
      rule.lossRate === undefined
        ? LOSS_RATE
        : checkNumber(rule.lossRate, `${path}.lossRate`, 0, 1, 'must be a number from 0 to 1');
    const amount = columnOf(rule.measure, `${path}.measure`).map((x) => x * rate);
    const max = checkNotNegative(rule.max, `${path}.max`);
    limits.push({ kind: 'value', measure: rule.measure as string, max, amount });
  }
  return limits;
}

function readAmount(value: unknown, path: string, held: number): number {
  const amount = checkObject(value, path);
  checkKeys(amount, path, AMOUNT_KEYS);
  if ((amount.max === undefined) === (amount.share === undefined)) {
    throw invalid(path, value, 'must have either a max or a share');
  }
  if (amount.max !== undefined) return checkNotNegative(amount.max, `${path}.max`);
  return held * checkNumber(amount.share, `${path}.share`, 0, 1, 'must be a number from 0 to 1');
}
