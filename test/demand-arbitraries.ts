/** Demands at random, as direct edits of a prepared problem: each kind alone, or any of them together. */
import fc from 'fast-check';
import { unitWeights } from '../src/metrics/weights.js';
import type { Demands, MoveLimit, Problem } from '../src/types.js';

export const DEMAND_KINDS = [
  'pins',
  'permits',
  'scatter',
  'base',
  'limits',
  'together',
  'matrix',
  'mix',
  'sites',
] as const;
export type DemandKind = (typeof DEMAND_KINDS)[number];

export const NO_DEMANDS: Demands = {
  permits: null,
  accountPermits: null,
  together: null,
  groupIds: [],
  overlay: null,
  baseLoad: null,
  limits: [],
  matrix: null,
  mix: null,
  classMeasures: [],
  candidates: null,
};

/** Whole numbers that all edits draw from; long enough for every small problem. */
const draws = fc.array(fc.nat(1_000_003), { minLength: 64, maxLength: 64 });

/** A problem with demands of the kinds that `kinds` draws. Locks come before all of them, as in a document. */
export function withDemands(
  problems: fc.Arbitrary<Problem>,
  kinds: fc.Arbitrary<readonly DemandKind[]> = fc.subarray([...DEMAND_KINDS]),
): fc.Arbitrary<Problem> {
  return fc.tuple(problems, kinds, draws).map(([problem, chosen, numbers]) => {
    let at = 0;
    const next = (below: number) => (numbers[at++ % numbers.length]! + at) % below;
    return DEMAND_KINDS.filter((kind) => chosen.includes(kind)).reduce(
      (edited, kind) => EDITS[kind](edited, next),
      problem,
    );
  });
}

/** A whole number from 0 to below the one given. */
type Next = (below: number) => number;

function demand(problem: Problem, demands: Partial<Demands>): Problem {
  return { ...problem, demands: { ...(problem.demands ?? NO_DEMANDS), ...demands } };
}

const EDITS: Record<DemandKind, (problem: Problem, next: Next) => Problem> = {
  pins(problem, next) {
    const open = openTerritories(problem);
    const pinned = new Int32Array(problem.ids.length).fill(-1);
    for (let i = 1 + next(3); i > 0 && open.length > 0; i--) {
      const u = next(pinned.length);
      if (!isHeld(problem, u)) pinned[u] = open[next(open.length)]!;
    }
    return { ...problem, pinned };
  },
  permits(problem, next) {
    const k = problem.territories.length;
    const open = openTerritories(problem);
    if (open.length === 0) return problem;
    const rows = 1 + next(3);
    const allowed = new Uint8Array(rows * k);
    for (let i = 0; i < allowed.length; i++) allowed[i] = next(3) > 0 ? 1 : 0;
    for (let row = 0; row < rows; row++) allowed[row * k + open[next(open.length)]!] = 1;
    const row = Int32Array.from(problem.ids, (_, u) => {
      const drawn = next(rows + 2) - 2;
      if (drawn < 0 || isHeld(problem, u)) return -1;
      const pin = problem.pinned ? problem.pinned[u]! : -1;
      return pin >= 0 && !allowed[drawn * k + pin] ? -1 : drawn;
    });
    return demand(problem, { permits: { row, allowed } });
  },
  scatter(problem, next) {
    return { ...problem, territories: problem.territories.map((t) => ({ ...t, contiguous: next(2) > 0 })) };
  },
  base(problem, next) {
    return demand(problem, {
      baseLoad: problem.target.map((target) => (next(3) === 0 ? (target * next(40)) / 50 : 0)),
    });
  },
  limits(problem, next) {
    if (!problem.today) return problem;
    const things = problem.accountTerritory ?? problem.today;
    const limits = (['accounts', 'value'] as const).slice(next(2)).map((kind): MoveLimit => {
      const amount = Float64Array.from(things, () => (kind === 'accounts' ? 1 : next(50)));
      const total = amount.reduce((sum, x, i) => (things[i]! >= 0 ? sum + x : sum), 0);
      return { kind, measure: kind === 'value' ? problem.measures[0]! : null, amount, max: (total * next(4)) / 5 };
    });
    return demand(problem, { limits });
  },
  together(problem, next) {
    const together = new Int32Array(problem.ids.length).fill(-1);
    const groups = 1 + next(2);
    for (let g = 0; g < groups; g++) {
      let members = 0;
      const fits = (u: number) =>
        together[u] === -1 && !isHeld(problem, u) && !(problem.pinned && problem.pinned[u]! >= 0);
      for (let i = 2 + next(3); i > 0; i--) {
        const u = next(together.length);
        // permits of one group must leave it a territory: here it has one row at most
        const row = problem.demands?.permits?.row;
        const first = row ? together.indexOf(g) : -1;
        if (fits(u) && (first < 0 || row![u] === row![first])) {
          together[u] = g;
          members++;
        }
      }
      if (members === 0) continue;
    }
    return demand(problem, { together, groupIds: Array.from({ length: groups }, (_, g) => `${g}`) });
  },
  matrix(problem, next) {
    const size = problem.ids.length * problem.territories.length;
    return demand(problem, { matrix: Float64Array.from({ length: size }, () => next(90) / 10) });
  },
  mix(problem, next) {
    const measures = Int32Array.from(problem.measures, (_, m) => m);
    const shares = Float64Array.from(measures, () => 1 + next(3));
    const sum = shares.reduce((total, x) => total + x, 0);
    const weight = unitWeights(problem).reduce((total, x) => total + x, 1);
    return {
      ...demand(problem, {
        mix: { measures, classes: problem.measures.map((name) => name), target: shares.map((x) => x / sum) },
      }),
      objective: { ...problem.objective, mix: weight * next(4) },
    };
  },
  sites(problem, next) {
    const candidates = sitesOf(problem, next);
    return candidates ? demand(problem, { candidates }) : problem;
  },
};

function sitesOf(problem: Problem, next: Next): Float64Array | null {
  const places = problem.objective.distance === 'planar' ? problem.xy : problem.lngLat;
  const free = problem.territories.filter(({ center, locked }) => !center && !locked).length;
  if (!places || free === 0) return null;
  return Float64Array.from({ length: 2 * (free + next(3)) }, (_, i) => {
    const u = next(problem.ids.length);
    return Math.max(-89, Math.min(89, places[2 * u + (i % 2)]! + next(100) / 100));
  });
}

function openTerritories(problem: Problem): number[] {
  return problem.territories.flatMap(({ locked }, t) => (locked ? [] : [t]));
}

function isHeld(problem: Problem, u: number): boolean {
  const t = problem.today ? problem.today[u]! : -1;
  return t >= 0 && t < problem.territories.length && problem.territories[t]!.locked;
}
