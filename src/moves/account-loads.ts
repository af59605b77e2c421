/** Who serves each account, what that makes of the loads, and which accounts could go where. */

import type { Problem } from '../types.js';
import { centroids, greatCircleKm } from './places.js';
import { spreadOwners } from './spread-owners.js';

const ROUNDING = 1e-9;
/** Of the accounts that a territory could hand on, the nearest that come to this many times the amount are looked at. */
const CHOICE = 3;

/** A move of one account. */
interface Candidate {
  readonly account: number;
  readonly to: number;
  /** How much less is out of bounds after it, and how many km farther the account is from who serves it. */
  readonly gain: number;
  readonly detour: number;
}

export class AccountLoads {
  /** Territory per unit: today's, and the nearest one's where nobody holds it. */
  readonly assignment: Int32Array;
  /** Territory per account: the one that a demand lays it over, else today's. */
  readonly owner: Int32Array;
  /** Measures × k. */
  readonly load: Float64Array;
  /** Territories that meet on the map and are not locked, with the km between their centroids. */
  readonly ways: readonly (readonly { readonly to: number; readonly cost: number }[])[];
  readonly #problem: Problem;
  readonly #centers: Float64Array;
  /** Accounts that each territory serves today and may hand on. */
  readonly #movable: readonly (readonly number[])[];
  /** The best move along each way; undefined where the loads of its ends have changed since. */
  readonly #best: (Candidate | null | undefined)[][];
  #moved = 0;

  constructor(problem: Problem) {
    this.#problem = problem;
    const k = problem.territories.length;
    const { accountTerritory, accountUnit, accountActivity, demands, measures } = problem;
    this.assignment = spreadOwners(problem);
    this.owner = accountTerritory!.map((t, a) => {
      const over = demands?.overlay?.[a] ?? -1;
      return over >= 0 ? over : t >= 0 && t < k ? t : this.assignment[accountUnit![a]!]!;
    });
    const A = this.owner.length;
    this.load = new Float64Array(measures.length * k);
    for (let m = 0; m < measures.length; m++) {
      for (let a = 0; a < A; a++) this.load[m * k + this.owner[a]!]! += accountActivity![m * A + a]!;
    }
    this.#centers = centroids(problem, this.owner);
    this.#movable = this.#listMovable();
    this.ways = this.#listWays();
    this.#best = this.ways.map((list) => new Array(list.length).fill(undefined));
  }

  /** Accounts whose rep is another than today's. */
  get moved(): number {
    return this.#moved;
  }

  /** Σ of the relative amounts outside the bounds. */
  imbalance(): number {
    let sum = 0;
    for (let i = 0; i < this.load.length; i++) sum += this.#beyond(i, this.load[i]!);
    return sum;
  }

  /** Hands about `amount` of measure `m` on; returns what it came to. No more than `most` accounts ever move. */
  send(from: number, to: number, m: number, amount: number, most: number): number {
    const { accountActivity } = this.#problem;
    const A = this.owner.length;
    const own = this.#candidates(from, to).map((account) => ({ account, detour: this.#detour(account, from, to) }));
    own.sort((a, b) => a.detour - b.detour || a.account - b.account);
    let weight = 0;
    let choice = 0;
    while (choice < own.length && weight < CHOICE * amount) weight += accountActivity![m * A + own[choice++]!.account]!;
    const heaviest = own.slice(0, choice).map(({ account, detour }) => ({
      account,
      detour,
      weight: accountActivity![m * A + account]!,
    }));
    heaviest.sort((a, b) => b.weight - a.weight || a.detour - b.detour || a.account - b.account);
    let sent = 0;
    for (const { account, weight: own } of heaviest) {
      if (this.#moved >= most) break;
      // a part too many is as far off as a part too few
      if (own <= 0 || sent + own > amount + own / 2) continue;
      this.#move(account, to);
      sent += own;
    }
    return sent;
  }

  /**
   * Moves the account that lessens the imbalance most, the nearest among equals; false when none does. O(E), and O(M) per
   * account of the ways whose ends have changed since.
   */
  moveBest(): boolean {
    let best: Candidate | null = null;
    for (let t = 0; t < this.ways.length; t++) {
      for (let way = 0; way < this.ways[t]!.length; way++) {
        let own = this.#best[t]![way];
        if (own === undefined) this.#best[t]![way] = own = this.#findBest(t, this.ways[t]![way]!.to);
        if (own && (!best || own.gain > best.gain || (own.gain === best.gain && own.detour < best.detour))) best = own;
      }
    }
    if (best) this.#move(best.account, best.to);
    return best !== null;
  }

  /** The move from `t` to `to` that lessens the imbalance most; null where neither is out of bounds or none does. */
  #findBest(t: number, to: number): Candidate | null {
    const k = this.#problem.territories.length;
    let out = false;
    for (let m = 0; m < this.#problem.measures.length; m++) {
      const [i, j] = [m * k + t, m * k + to];
      out ||= this.#beyond(i, this.load[i]!) > 0 || this.#beyond(j, this.load[j]!) > 0;
    }
    if (!out) return null;
    let best: Candidate | null = null;
    for (const account of this.#candidates(t, to)) {
      const gain = this.#gain(account, t, to);
      if (gain < (best?.gain ?? ROUNDING)) continue;
      const detour = this.#detour(account, t, to);
      if (best && gain === best.gain && detour >= best.detour) continue;
      best = { account, to, gain, detour };
    }
    return best;
  }

  /** How much less would be out of bounds. */
  #gain(account: number, from: number, to: number): number {
    const k = this.#problem.territories.length;
    const A = this.owner.length;
    let gain = 0;
    for (let m = 0; m < this.#problem.measures.length; m++) {
      const amount = this.#problem.accountActivity![m * A + account]!;
      const [i, j] = [m * k + from, m * k + to];
      gain += this.#beyond(i, this.load[i]!) - this.#beyond(i, this.load[i]! - amount);
      gain += this.#beyond(j, this.load[j]!) - this.#beyond(j, this.load[j]! + amount);
    }
    return gain;
  }

  #beyond(i: number, value: number): number {
    const { lower, upper, target } = this.#problem;
    const over = Math.max(value - upper[i]!, lower[i]! - value) / (target[i]! > 0 ? target[i]! : 1);
    return over > ROUNDING ? over : 0;
  }

  /** Accounts of `from` that have not moved and that `to` may serve. */
  #candidates(from: number, to: number): number[] {
    const { accountUnit, demands, territories } = this.#problem;
    const k = territories.length;
    return this.#movable[from]!.filter((a) => {
      const row = demands?.permits?.row[accountUnit![a]!] ?? -1;
      return this.owner[a] === from && (row < 0 || demands!.permits!.allowed[row * k + to] !== 0);
    });
  }

  /** How many km farther the account is from the accounts of `to` than from those of `from`. */
  #detour(account: number, from: number, to: number): number {
    const places = this.#problem.accountLngLat!;
    const away = (t: number) => greatCircleKm(places, 2 * account, this.#centers, 2 * t);
    return away(to) - away(from);
  }

  /** All but those that are laid over the map or lie in pinned units. */
  #listMovable(): number[][] {
    const { accountUnit, demands, pinned, territories } = this.#problem;
    const movable: number[][] = territories.map(() => []);
    this.owner.forEach((t, a) => {
      if ((demands?.overlay?.[a] ?? -1) < 0 && (pinned?.[accountUnit![a]!] ?? -1) < 0) movable[t]!.push(a);
    });
    return movable;
  }

  #move(account: number, to: number): void {
    const { accountActivity, measures, territories } = this.#problem;
    const k = territories.length;
    const A = this.owner.length;
    const from = this.owner[account]!;
    for (let m = 0; m < measures.length; m++) {
      const amount = accountActivity![m * A + account]!;
      this.load[m * k + from]! -= amount;
      this.load[m * k + to]! += amount;
    }
    this.owner[account] = to;
    this.#moved++;
    for (const t of [from, to]) {
      this.#best[t]!.fill(undefined);
      // ways lead in both directions
      for (const { to: s } of this.ways[t]!) this.#best[s]![this.ways[s]!.findIndex((way) => way.to === t)] = undefined;
    }
  }

  #listWays() {
    const { territories, offsets, neighbors, accountUnit } = this.#problem;
    const k = territories.length;
    const met = new Set<number>();
    const meet = (s: number, t: number) => {
      if (s === t || s < 0 || t < 0 || territories[s]!.locked || territories[t]!.locked) return;
      met.add(s * k + t);
      met.add(t * k + s);
    };
    for (let u = 0; u < this.assignment.length; u++) {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) meet(this.assignment[u]!, this.assignment[neighbors[e]!]!);
    }
    for (let a = 0; a < this.owner.length; a++) meet(this.owner[a]!, this.assignment[accountUnit![a]!]!);
    const ways: { to: number; cost: number }[][] = territories.map(() => []);
    for (const key of [...met].sort((a, b) => a - b)) {
      const [s, t] = [Math.floor(key / k), key % k];
      ways[s]!.push({ to: t, cost: 1 + greatCircleKm(this.#centers, 2 * s, this.#centers, 2 * t) });
    }
    return ways;
  }
}
