/** A problem in the kernel's terms: what `load-problem.ts` writes, and what groups of units are contracted in. */
import { mixTotal } from '../metrics/demands/mix.js';
import { EARTH_RADIUS_KM, fixedCentersKm, hasPositions, positionsKm, sitesKm } from '../metrics/positions.js';
import { unitWeights } from '../metrics/weights.js';
import type { Problem } from '../types.js';
import { weighsCuts, writeCutWeights } from './cut-weights.js';
import { homesOf, type UnitHomes } from './homes.js';
import { limitEntries, listTodayEntries, type TodayEntries } from './today-entries.js';

/** Bounds, targets and loads before any unit per measure and territory, M × k as in a `Problem`. */
export interface KernelLoads {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly target: Float64Array;
  /** null for none. */
  readonly base: Float64Array | null;
}

export interface KernelMix {
  /** Weight of the mix in the objective. */
  readonly factor: number;
  /** Index of each class among `measures`. */
  readonly measure: readonly number[];
  /** Target less what is there before any unit, k × classes. */
  readonly target: Float64Array;
  /** Half of what turns an amount into a share of the territory's targets, k. */
  readonly scale: Float64Array;
}

export interface KernelInput extends UnitHomes {
  readonly units: number;
  readonly territories: number;
  readonly offsets: Int32Array;
  readonly neighbors: Int32Array;
  /** Fills one weight per slot and returns the cost of a cut of weight 1; null where no cut costs anything. */
  readonly writeCuts: ((weights: Float64Array) => number) | null;
  readonly ring: Int32Array | null;
  /** x, y, z in km per unit, 3n; whether they mean anything. */
  readonly points: Float64Array;
  readonly hasPlaces: boolean;
  readonly weight: Float64Array;
  /** Measure-major, all measures of the problem. */
  readonly activity: Float64Array;
  /**
   * Measures that the kernel is told of: the first `balanced` of them say how much land a territory gets, those after them
   * are classes of accounts, which are bounded or mixed.
   */
  readonly measures: readonly number[];
  readonly balanced: number;
  readonly loads: KernelLoads;
  /** x, y, z in km, and 1 where there is one; 4k. */
  readonly fixedCenter: Float64Array;
  readonly locked: Uint8Array;
  /** 1 where a territory may be in pieces; and whether any may not. */
  readonly mayScatter: Uint8Array;
  readonly contiguous: boolean;
  readonly today: TodayEntries;
  /** The most that may move per limit, and what turns an excess into a relative amount. */
  readonly limitMost: Float64Array;
  readonly limitScale: Float64Array;
  /** n × k; null for distances. */
  readonly matrix: Float64Array | null;
  readonly mix: KernelMix | null;
  /** x, y, z in km per site for centres; empty where centres may be anywhere. */
  readonly sites: Float64Array;
  /** Group of units that stay together, −1 for none; null without groups. */
  readonly together: Int32Array | null;
  readonly inertia: number;
  readonly disruption: number;
  readonly power: 1 | 2;
  readonly unitCenters: boolean;
  /** 0 in the plane. */
  readonly sphereRadius: number;
  /** What every plan costs beyond what the kernel knows of. */
  readonly costBefore: number;
}

/** Measures that some bound holds; the first measure alone where none does, so that territories still have a size. */
export function balancedMeasures(problem: Problem): number[] {
  const k = problem.territories.length;
  const balanced = problem.measures
    .map((_, m) => m)
    .filter((m) => {
      for (let i = m * k; i < (m + 1) * k; i++)
        if (problem.upper[i]! < Infinity || problem.lower[i]! > -Infinity) return true;
      return false;
    });
  return balanced.length > 0 ? balanced : [0];
}

/** Views on the problem's arrays where they can be used as they are: not to be written to. O(n + E). */
export function readKernelInput(problem: Problem): KernelInput {
  const { objective, territories, demands } = problem;
  const k = territories.length;
  const bounded = balancedMeasures(problem);
  const classes = demands?.classMeasures ?? [];
  const own = bounded.filter((m) => !classes.includes(m));
  const balanced = own.length > 0 ? own : bounded;
  const mixes = demands?.mix && objective.mix > 0 ? [...demands.mix.measures] : [];
  const measures = [...new Set([...balanced, ...bounded, ...mixes])];
  const matrix = demands?.matrix ?? null;
  const sites = matrix ? new Float64Array(0) : sitesKm(problem);
  const { most, scale, movedWeight } = limitEntries(problem);
  return {
    units: problem.ids.length,
    territories: k,
    offsets: problem.offsets,
    neighbors: problem.neighbors,
    writeCuts: weighsCuts(problem) ? (weights) => writeCutWeights(problem, weights) : null,
    ring: problem.ring,
    points: positionsKm(problem),
    hasPlaces: hasPositions(problem),
    weight: unitWeights(problem),
    activity: problem.activity,
    measures,
    balanced: balanced.length,
    loads: { lower: problem.lower, upper: problem.upper, target: problem.target, base: demands?.baseLoad ?? null },
    fixedCenter: placeCenters(problem),
    locked: Uint8Array.from(territories, ({ locked }) => (locked ? 1 : 0)),
    mayScatter: Uint8Array.from(territories, ({ contiguous }) => (contiguous ? 0 : 1)),
    contiguous: territories.some(({ contiguous }) => contiguous),
    ...homesOf(problem),
    today: listTodayEntries(problem),
    limitMost: most,
    limitScale: scale,
    matrix,
    mix: mixes.length > 0 ? readMix(problem, measures) : null,
    sites,
    together: demands?.together ?? null,
    inertia: objective.inertia,
    disruption: objective.disruption,
    // given costs know neither distances nor centres, and sites are no units
    power: matrix ? 2 : objective.power,
    unitCenters: !matrix && sites.length === 0 && objective.center === 'unit',
    sphereRadius: objective.distance === 'great-circle' ? EARTH_RADIUS_KM : 0,
    costBefore: objective.disruption * movedWeight,
  };
}

function placeCenters(problem: Problem): Float64Array {
  const centers = fixedCentersKm(problem);
  const placed = new Float64Array(4 * problem.territories.length);
  problem.territories.forEach(({ center }, t) => {
    if (!center) return;
    for (let d = 0; d < 3; d++) placed[4 * t + d] = centers[3 * t + d]!;
    placed[4 * t + 3] = 1;
  });
  return placed;
}

function readMix(problem: Problem, measures: readonly number[]): KernelMix {
  const mix = problem.demands!.mix!;
  const k = problem.territories.length;
  const classes = mix.measures.length;
  const base = problem.demands!.baseLoad;
  const target = new Float64Array(k * classes);
  const scale = new Float64Array(k);
  for (let t = 0; t < k; t++) {
    const whole = mixTotal(problem, t);
    scale[t] = whole > 0 ? 0.5 / whole : 0;
    mix.measures.forEach((m, c) => {
      target[t * classes + c] = mix.target[c]! * whole - (base ? base[m * k + t]! : 0);
    });
  }
  return { factor: problem.objective.mix, measure: [...mix.measures].map((m) => measures.indexOf(m)), target, scale };
}
