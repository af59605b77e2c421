/** `forbid` and `require`: who may serve which units and accounts. */
import { invalid } from '../../errors.js';
import { checkArray, checkKeys, checkObject } from '../input-rules.js';
import type { Locks } from './locks.js';
import type { Names } from './names.js';
import type { PermitSets } from './permit-sets.js';

const KEYS = new Set(['territories', 'units', 'accounts']);

export interface ServiceSets {
  readonly units: PermitSets;
  readonly accounts: PermitSets;
}

/**
 * Narrows the sets by every rule of one kind.
 * @throws {TerritoryError} INVALID_INPUT, also where a rule leaves a unit or an account nobody, be it for a lock.
 */
export function readServiceRules(
  value: unknown,
  kind: 'forbid' | 'require',
  names: Names,
  sets: ServiceSets,
  locks: Locks,
): void {
  if (value === undefined) return;
  checkArray(value, kind).forEach((given, i) => {
    const path = `${kind}[${i}]`;
    const rule = checkObject(given, path);
    checkKeys(rule, path, KEYS);
    const territories = names.indicesOf('territory', rule.territories, `${path}.territories`);
    if (territories.length === 0) throw invalid(`${path}.territories`, rule.territories, 'must not be empty');
    if (rule.units === undefined && rule.accounts === undefined) {
      throw invalid(path, given, 'must have units or accounts');
    }
    const allowed = sets.units.full(kind === 'forbid' ? 1 : 0);
    for (const t of territories) allowed[t] = kind === 'forbid' ? 0 : 1;
    for (const [things, noun] of [
      ['units', 'unit'],
      ['accounts', 'account'],
    ] as const) {
      if (rule[things] === undefined) continue;
      names.indicesOf(noun, rule[things], `${path}.${things}`).forEach((thing, j) => {
        if (sets[things].narrow(thing, allowed, things === 'units' ? locks.openTo(thing) : null)) return;
        const id = (rule[things] as unknown[])[j];
        throw invalid(`${path}.${things}[${j}]`, id, 'must be left with a territory that may serve it');
      });
    }
  });
}
