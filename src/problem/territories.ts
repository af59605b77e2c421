/** The territories that are asked for. */
import { invalid } from '../errors.js';
import type { Territory } from '../types.js';
import {
  checkFinite,
  checkKeys,
  checkLat,
  checkLng,
  checkNotNegative,
  checkNumber,
  checkObject,
  checkOneOf,
  checkText,
  child,
} from './input-rules.js';
import { round } from './sphere.js';

const KEYS = new Set(['id', 'share', 'center', 'locked', 'shares', 'capacity', 'ramp', 'productivity', 'contiguity']);

/** A territory with what sets its targets. */
export interface TerritoryRow extends Territory {
  readonly shares: ReadonlyMap<string, number>;
  /** By measure, before `strength`. */
  readonly capacity: ReadonlyMap<string, number>;
  /** Ramp × productivity: multiplies shares and capacities. */
  readonly strength: number;
}

/**
 * A number of territories, or one spec each; which distance the centres are given in is checked by `checkCenters`.
 * @throws {TerritoryError} INVALID_INPUT, also when there are more than `units`.
 */
export function readTerritories(value: unknown, units: number, contiguity: 'required' | 'off'): TerritoryRow[] {
  const count = Array.isArray(value) ? value.length : value;
  if (!Number.isInteger(count) || (count as number) < 1) {
    throw invalid(
      'territories',
      value,
      'must be an integer of at least 1 or an array of territories that is not empty',
    );
  }
  if ((count as number) > units) {
    throw invalid('territories', value, `must not be more than the units there are (${units})`);
  }
  if (!Array.isArray(value)) {
    return Array.from({ length: count as number }, (_, t) => ({
      id: `T${t + 1}`,
      share: 1,
      center: null,
      locked: false,
      contiguous: contiguity === 'required',
      shares: new Map(),
      capacity: new Map(),
      strength: 1,
    }));
  }
  const seen = new Set<string>();
  const territories = value.map((spec: unknown, t) => readTerritory(spec, `territories[${t}]`, seen, contiguity));
  if (!Number.isFinite(territories.reduce((sum, territory) => sum + territory.share, 0))) {
    throw invalid('territories', value, 'must have shares with a finite sum');
  }
  return territories;
}

function readTerritory(value: unknown, path: string, seen: Set<string>, contiguity: 'required' | 'off'): TerritoryRow {
  const spec = checkObject(value, path);
  checkKeys(spec, path, KEYS);
  const id = checkText(spec.id, `${path}.id`);
  if (seen.has(id)) throw invalid(`${path}.id`, id, 'must be unique');
  seen.add(id);
  const shareRule = 'must be a finite number greater than 0';
  if (spec.locked !== undefined && typeof spec.locked !== 'boolean') {
    throw invalid(`${path}.locked`, spec.locked, 'must be true or false');
  }
  return {
    id,
    share:
      spec.share === undefined
        ? 1
        : checkNumber(spec.share, `${path}.share`, Number.MIN_VALUE, Number.MAX_VALUE, shareRule),
    center: spec.center === undefined ? null : readPair(spec.center, `${path}.center`),
    locked: spec.locked ?? false,
    contiguous:
      (spec.contiguity === undefined
        ? contiguity
        : checkOneOf(spec.contiguity, `${path}.contiguity`, ['required', 'off'])) === 'required',
    shares: readAmounts(spec.shares, `${path}.shares`),
    capacity: readAmounts(spec.capacity, `${path}.capacity`),
    strength: readRamp(spec.ramp, `${path}.ramp`) * readFactor(spec.productivity, `${path}.productivity`),
  };
}

/** Amounts by measure; whether there are such measures is checked where the targets are set. */
function readAmounts(value: unknown, path: string): Map<string, number> {
  const amounts = new Map<string, number>();
  if (value === undefined) return amounts;
  const given = checkObject(value, path);
  for (const measure of Object.keys(given)) {
    amounts.set(measure, checkNotNegative(given[measure], child(path, measure)));
  }
  return amounts;
}

function readRamp(value: unknown, path: string): number {
  return value === undefined
    ? 1
    : checkNumber(value, path, Number.MIN_VALUE, 1, 'must be a number over 0 and at most 1');
}

function readFactor(value: unknown, path: string): number {
  const rule = 'must be a finite number greater than 0';
  return value === undefined ? 1 : checkNumber(value, path, Number.MIN_VALUE, Number.MAX_VALUE, rule);
}

function readPair(value: unknown, path: string): readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) throw invalid(path, value, 'must be a pair of numbers');
  return [checkFinite(value[0], `${path}[0]`), checkFinite(value[1], `${path}[1]`)];
}

/** The territory alone, without what its targets have been set by. */
export function plainTerritory({ id, share, center, locked, contiguous }: TerritoryRow): Territory {
  return { id, share, center, locked, contiguous };
}

/** Fixed centres rounded as positions are: degrees in range to 1e-9, or kilometres to 1e-6. */
export function checkCenters<T extends Territory>(territories: readonly T[], distance: 'great-circle' | 'planar'): T[] {
  return territories.map((territory, t) => {
    if (!territory.center) return territory;
    const [x, y] = territory.center;
    const path = `territories[${t}].center`;
    if (distance === 'planar') return { ...territory, center: [round(x, 6), round(y, 6)] };
    return { ...territory, center: [round(checkLng(x, `${path}[0]`), 9), round(checkLat(y, `${path}[1]`), 9)] };
  });
}
