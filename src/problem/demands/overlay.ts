/** Accounts laid over the map: which territory has them wherever they lie, and what they add to its load. */
import { invalid } from '../../errors.js';
import type { Territory } from '../../types.js';
import type { NamedSet } from './named.js';
import type { PermitSets } from './permit-sets.js';

export interface OverlayContext {
  readonly accounts: number;
  readonly measures: number;
  /** Measures × accounts. */
  readonly activity: Float64Array;
  /** `[lng, lat]` per account. */
  readonly lngLat: Float64Array;
  /** Weight of an account among those of its set. */
  readonly weights: ArrayLike<number>;
  /** Today's territory per account, −1 or at least k for none of the problem's; null without. */
  readonly today: Int32Array | null;
  readonly territories: readonly Territory[];
  /** Measures × k. */
  readonly target: Float64Array;
  readonly upper: Float64Array;
  readonly permits: PermitSets;
}

export interface Overlay {
  /** Territory per account, −1 for those that follow their unit. */
  readonly overlay: Int32Array;
  /** Measures × k. */
  readonly baseLoad: Float64Array;
}

/**
 * Gives each set to the territory that it names; else to the one that another set names for an account of it; else to
 * the one that holds most of it today; else, heaviest first, to the nearest fixed centre with room for it where all have
 * one, or to the territory with the most room. Only to those that may serve every account of the set.
 *
 * @throws {TerritoryError} INVALID_INPUT where two sets name different territories for an account, or nobody may serve one.
 */
export function layOver(sets: readonly NamedSet[], context: OverlayContext): Overlay {
  const overlay = new Int32Array(context.accounts).fill(-1);
  const baseLoad = new Float64Array(context.target.length);
  const put = (set: NamedSet, territory: number) => place(set, territory, overlay, baseLoad, context);
  const claimOf = ({ accounts }: NamedSet) => overlay[accounts.find((a) => overlay[a]! >= 0) ?? -1] ?? null;
  for (const set of sets) if (set.territory !== null) put(set, set.territory);
  // Families before single accounts, so that one that is named by itself goes where its family goes.
  const open = sets.filter(({ territory }) => territory === null).sort((a, b) => b.accounts.length - a.accounts.length);
  const held = open.map((set) => {
    const territory = claimOf(set) ?? mostToday(set, permittedTo(set, context), context);
    if (territory !== null) put(set, territory);
    return territory !== null;
  });
  const weightOf = (set: NamedSet) => set.accounts.reduce((sum, a) => sum + context.weights[a]!, 0);
  const heaviest = open
    .filter((_, i) => !held[i])
    .map((set) => ({ set, weight: weightOf(set) }))
    .sort((a, b) => b.weight - a.weight);
  for (const { set } of heaviest) {
    put(set, claimOf(set) ?? nearestWithRoom(set, permittedTo(set, context), baseLoad, context));
  }
  return { overlay, baseLoad };
}

/** 1 per territory that may serve every account of the set. */
function permittedTo({ accounts, path }: NamedSet, { permits, territories }: OverlayContext): Uint8Array {
  const allowed = new Uint8Array(territories.length).fill(1);
  for (const a of accounts) {
    const own = permits.of(a);
    if (own) for (let t = 0; t < allowed.length; t++) allowed[t]! &= own[t]!;
  }
  if (!allowed.includes(1)) throw invalid(path, accounts, 'must be left with a territory that may serve all of it');
  return allowed;
}

function mostToday({ accounts }: NamedSet, allowed: Uint8Array, { today, weights }: OverlayContext): number | null {
  if (!today) return null;
  const held = new Float64Array(allowed.length);
  for (const a of accounts) {
    const t = today[a]!;
    if (t >= 0 && t < held.length && allowed[t] !== 0) held[t]! += Math.max(weights[a]!, Number.MIN_VALUE);
  }
  const most = held.reduce((best, value) => Math.max(best, value), 0);
  return most > 0 ? held.indexOf(most) : null;
}

function nearestWithRoom(
  set: NamedSet,
  allowed: Uint8Array,
  baseLoad: Float64Array,
  { activity, accounts, lngLat, measures, target, territories, upper }: OverlayContext,
): number {
  const k = territories.length;
  const everyCenter = territories.every(({ center }) => center !== null);
  let best = -1;
  let bestRank: readonly [number, number] = [Infinity, Infinity];
  for (let t = 0; t < k; t++) {
    if (allowed[t] === 0) continue;
    let used = 0;
    let over = 0;
    for (let m = 0; m < measures; m++) {
      const own = set.accounts.reduce((sum, a) => sum + activity[m * accounts + a]!, baseLoad[m * k + t]!);
      if (own > upper[m * k + t]!) over = 1;
      if (target[m * k + t]! > 0) used = Math.max(used, own / target[m * k + t]!);
    }
    const rank = [over, everyCenter ? squaredDegrees(set, lngLat, territories[t]!.center!) : used] as const;
    if (rank[0] < bestRank[0] || (rank[0] === bestRank[0] && rank[1] < bestRank[1])) {
      best = t;
      bestRank = rank;
    }
  }
  return best;
}

/** Mean squared distance in degrees, longitudes shrunk as at the set's latitude: enough to tell which centre is nearest. */
function squaredDegrees({ accounts }: NamedSet, lngLat: Float64Array, [lng, lat]: readonly [number, number]): number {
  let sum = 0;
  for (const a of accounts) {
    const turn = Math.abs(lngLat[2 * a]! - lng);
    const shrink = 1 - (lngLat[2 * a + 1]! / 90) ** 2;
    sum += (Math.min(turn, 360 - turn) * shrink) ** 2 + (lngLat[2 * a + 1]! - lat) ** 2;
  }
  return sum / accounts.length;
}

function place(
  set: NamedSet,
  territory: number,
  overlay: Int32Array,
  baseLoad: Float64Array,
  context: OverlayContext,
): void {
  const { accounts } = set;
  const id = context.territories[territory]!.id;
  const path = set.territory === null ? set.path : `${set.path}.territory`;
  if (permittedTo(set, context)[territory] === 0) throw invalid(path, id, 'must be one that may serve all of it');
  const k = context.territories.length;
  for (const a of accounts) {
    if (overlay[a] === territory) continue;
    if (overlay[a]! >= 0) throw invalid(path, id, 'must not contradict another demand on the same account');
    overlay[a] = territory;
    for (let m = 0; m < context.measures; m++) {
      baseLoad[m * k + territory]! += context.activity[m * context.accounts + a]!;
    }
  }
}
