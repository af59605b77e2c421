/**
 * What moving single units would do, estimated in O(1) each, and kept up while units are moved on paper. Exact but for
 * pieces, automatic links, groups, limits, permits, the mix and, where the objective has no cheap delta (power 1 and unit centres), the inertia, which
 * takes centres to stay.
 */
import { excessOf } from '../metrics/balance.js';
import type { PlanTally } from '../metrics/plan-tally.js';
import type { Effect } from '../types.js';

/** A territory on paper. */
interface Sums {
  readonly loads: Float64Array;
  /** Σ w p and Σ w, of the units. */
  readonly moment: Float64Array;
  weight: number;
  /** Where distances are measured to, in km. */
  readonly center: Float64Array;
}

function copyOf({ loads, moment, weight, center }: Sums): Sums {
  return { loads: loads.slice(), moment: moment.slice(), weight, center: center.slice() };
}

export class MoveEstimate {
  readonly #tally: PlanTally;
  readonly #sums: Sums[] = [];
  /** As they are without any moves. */
  readonly #fresh: Sums[] = [];
  /** Whether a free centre follows its units and the square of the distance counts. */
  readonly #follows: boolean;

  constructor(tally: PlanTally) {
    this.#tally = tally;
    const { power, center } = tally.basis.problem.objective;
    this.#follows = power === 2 && center === 'centroid';
  }

  /** Forgets the moves on paper of these territories (−1 is none). */
  reset(territories: readonly number[]): void {
    for (const t of territories) if (t >= 0) this.#sums[t] = copyOf(this.#freshOf(t));
  }

  /** A territory without units has its centre at unit `u`, unless it has a fixed one. */
  seat(t: number, u: number): void {
    const { problem, points } = this.#tally.basis;
    if (!points || problem.territories[t]!.center) return;
    this.#freshOf(t).center.set(points.subarray(3 * u, 3 * u + 3));
    this.reset([t]);
  }

  /** Moves a unit on paper from one territory to another (−1 is none). */
  move(u: number, from: number, to: number): void {
    this.#add(u, from, -1);
    this.#add(u, to, 1);
  }

  /** Effect of moving unit `u`; `territoryOf` tells where its neighbours are on paper. */
  effect(u: number, from: number, to: number, territoryOf: (v: number) => number): Effect {
    const { problem, weights } = this.#tally.basis;
    const { objective, offsets, neighbors } = problem;
    let cost = objective.inertia * weights[u]! * (this.#gain(u, to, 1) - this.#gain(u, from, -1));
    if (objective.cutEdges > 0 || objective.borderKm > 0) {
      let cut = 0;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const t = territoryOf(neighbors[e]!);
        const km = problem.edgeKm ? problem.edgeKm[e]! : 0;
        cut += (objective.cutEdges + objective.borderKm * km) * ((t === from ? 1 : 0) - (t === to ? 1 : 0));
      }
      cost += cut;
    }
    if (objective.disruption > 0) cost += objective.disruption * (this.#heldWeight(u, from) - this.#heldWeight(u, to));
    return { violation: this.excess(u, from, -1) + this.excess(u, to, 1), cost };
  }

  /** How much nearer unit `u` is to `from` than to `to`, per weight: what a chunk grows by. */
  pull(u: number, from: number, to: number): number {
    return this.#distance(u, to) - this.#distance(u, from);
  }

  /** Change of the amount out of bounds of territory t when u joins (1) or leaves (−1); of none, of what is unassigned. */
  excess(u: number, t: number, sign: 1 | -1): number {
    if (t < 0) return sign;
    const { problem } = this.#tally.basis;
    const { loads } = this.#of(t);
    const k = problem.territories.length;
    const n = problem.ids.length;
    let change = 0;
    for (let m = 0; m < loads.length; m++) {
      const load = loads[m]!;
      const i = m * k + t;
      change += excessOf(problem, load + sign * problem.activity[m * n + u]!, i) - excessOf(problem, load, i);
    }
    return change;
  }

  #of(t: number): Sums {
    this.#sums[t] ??= copyOf(this.#freshOf(t));
    return this.#sums[t];
  }

  #freshOf(t: number): Sums {
    this.#fresh[t] ??= this.#sum(t);
    return this.#fresh[t];
  }

  #sum(t: number): Sums {
    const { basis, members, territories } = this.#tally;
    const { problem, points, weights, fixedCenters } = basis;
    const moment = new Float64Array(3);
    let weight = 0;
    const units = members[t]!;
    for (let i = 0; points && i < units.length; i++) {
      const u = units[i]!;
      weight += weights[u]!;
      for (let d = 0; d < 3; d++) moment[d]! += weights[u]! * points[3 * u + d]!;
    }
    const fixed = problem.territories[t]!.center !== null;
    const center = fixed ? fixedCenters.slice(3 * t, 3 * t + 3) : moment.map((x) => (weight > 0 ? x / weight : 0));
    return { loads: territories[t]!.loads.slice(), moment, weight, center };
  }

  #add(u: number, t: number, sign: 1 | -1): void {
    if (t < 0) return;
    const { problem, points, weights } = this.#tally.basis;
    const sums = this.#of(t);
    const n = problem.ids.length;
    for (let m = 0; m < sums.loads.length; m++) sums.loads[m]! += sign * problem.activity[m * n + u]!;
    if (!points) return;
    const w = sign * weights[u]!;
    sums.weight += w;
    for (let d = 0; d < 3; d++) sums.moment[d]! += w * points[3 * u + d]!;
    if (!this.#follows || problem.territories[t]!.center || !(sums.weight > 0)) return;
    for (let d = 0; d < 3; d++) sums.center[d] = sums.moment[d]! / sums.weight;
  }

  /** Distance term per weight of `u`; with a centre that follows, of u among the units or without it (Steiner). */
  #gain(u: number, t: number, sign: 1 | -1): number {
    if (t < 0) return 0;
    const { problem, weights } = this.#tally.basis;
    const distance = this.#distance(u, t);
    if (!this.#follows || problem.territories[t]!.center || problem.demands?.matrix) return distance;
    const { weight } = this.#of(t);
    const after = weight + sign * weights[u]!;
    return after > 0 ? distance * (weight / after) : 0;
  }

  #distance(u: number, t: number): number {
    const { problem, points } = this.#tally.basis;
    const matrix = problem.demands?.matrix;
    if (matrix && t >= 0) return matrix[u * problem.territories.length + t]!;
    if (!points || t < 0) return 0;
    const { center } = this.#of(t);
    let square = 0;
    for (let d = 0; d < 3; d++) square += (points[3 * u + d]! - center[d]!) ** 2;
    return problem.objective.power === 2 ? square : Math.sqrt(square);
  }

  /** Weight of what territory t has today in unit u. */
  #heldWeight(u: number, t: number): number {
    const { holdings, accountsOf } = this.#tally.basis;
    if (!holdings || t < 0) return 0;
    if (!holdings.unit) return holdings.today[u] === t ? holdings.weights[u]! : 0;
    const { offsets, units } = accountsOf!;
    let held = 0;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      if (holdings.today[units[e]!] === t) held += holdings.weights[units[e]!]!;
    }
    return held;
  }
}
