/** What locked territories mean for single units: they keep those that are their own today, and take no others. */
import type { Territory } from '../../types.js';

export interface Locks {
  /** Locked territory that holds the unit today, −1 for none. */
  readonly holder: (unit: number) => number;
  /** 1 per territory that may have the unit; null where no territory is locked. Not to be written to. */
  readonly openTo: (unit: number) => Uint8Array | null;
}

/** `today`: territory per unit, −1 or at least k for none of the problem's; null without. */
export function listLocks(territories: readonly Territory[], today: Int32Array | null): Locks {
  const k = territories.length;
  const open = Uint8Array.from(territories, ({ locked }) => (locked ? 0 : 1));
  const holder = (unit: number): number => {
    const now = today?.[unit] ?? -1;
    return now >= 0 && now < k && territories[now]!.locked ? now : -1;
  };
  if (!open.includes(0)) return { holder, openTo: () => null };
  const own = territories.map(({ locked }, t) => {
    if (!locked) return open;
    const only = new Uint8Array(k);
    only[t] = 1;
    return only;
  });
  return { holder, openTo: (unit) => own[holder(unit)] ?? open };
}
