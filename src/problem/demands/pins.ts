/** `pins`: units and accounts with one territory each. */
import { invalid } from '../../errors.js';
import type { Territory } from '../../types.js';
import { checkArray, checkKeys, checkObject } from '../input-rules.js';
import type { Names } from './names.js';
import type { ServiceSets } from './service-rules.js';

const KEYS = new Set(['unit', 'account', 'territory']);

export interface PinTo {
  readonly territory: number;
  /** Where the input says so. */
  readonly path: string;
}

export interface Pins {
  /** By unit. */
  readonly units: ReadonlyMap<number, PinTo>;
  /** By account. */
  readonly accounts: ReadonlyMap<number, PinTo>;
}

export interface PinContext {
  readonly names: Names;
  readonly sets: ServiceSets;
  readonly territories: readonly Territory[];
  /** Today's territory per unit; null without. */
  readonly today: Int32Array | null;
}

/**
 * @throws {TerritoryError} INVALID_INPUT, also where a pin contradicts another one, a lock, `forbid` or `require`.
 */
export function readPins(value: unknown, context: PinContext): Pins {
  const units = new Map<number, PinTo>();
  const accounts = new Map<number, PinTo>();
  if (value === undefined) return { units, accounts };
  checkArray(value, 'pins').forEach((given, i) => {
    const path = `pins[${i}]`;
    const pin = checkObject(given, path);
    checkKeys(pin, path, KEYS);
    const kind = pin.unit !== undefined ? 'unit' : 'account';
    if ((pin.unit === undefined) === (pin.account === undefined)) {
      throw invalid(path, given, 'must have either a unit or an account');
    }
    const territory = context.names.indexOf('territory', pin.territory, `${path}.territory`);
    const thing = context.names.indexOf(kind, pin[kind], `${path}.${kind}`);
    const sets = kind === 'unit' ? context.sets.units : context.sets.accounts;
    const earlier = (kind === 'unit' ? units : accounts).get(thing)?.territory;
    if (earlier !== undefined && earlier !== territory) {
      throw invalid(path, pin.territory, `must not contradict another pin of ${JSON.stringify(pin[kind])}`);
    }
    if (!sets.permits(thing, territory)) {
      throw invalid(`${path}.territory`, pin.territory, `must be one that may serve ${JSON.stringify(pin[kind])}`);
    }
    if (kind === 'account') accounts.set(thing, { territory, path });
    else {
      checkLocks(thing, territory, path, pin.territory, context);
      units.set(thing, { territory, path });
    }
  });
  return { units, accounts };
}

/** A locked territory keeps what is its own today, and takes nothing else. */
function checkLocks(unit: number, territory: number, path: string, id: unknown, { territories, today }: PinContext) {
  const now = today?.[unit] ?? -1;
  if (now === territory) return;
  const lock = territories[territory]!.locked ? territory : now >= 0 && territories[now]?.locked ? now : -1;
  if (lock < 0) return;
  throw invalid(
    `${path}.territory`,
    id,
    `must not move the unit into or out of ${territories[lock]!.id}, which is locked`,
  );
}
