import { describe, expect, it } from 'vitest';
import { KERNEL_PHASES, type KernelExports } from '../../src/kernel/abi.js';
import type { Objective, Problem } from '../../src/types.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { loadKernel, readAssignment, writeAssignment } from './kernel-fixture.js';

const WIDTH = 30;
const HEIGHT = 24;
const UNITS = WIDTH * HEIGHT;
/** Territories in a neighbourhood. */
const NEIGHBOURHOOD = 12;
/** Side of a territory that is locked. */
const BLOCK = 5;

interface Case {
  readonly k: number;
  readonly locks?: number;
  readonly measures?: number;
  readonly fixed?: boolean;
  /** One unit in nine weighs so much more than the others that it needs swaps. */
  readonly heavy?: boolean;
  readonly contiguity?: 'required' | 'off';
  readonly objective?: Partial<Objective>;
}

function problemOf({ k, locks = 0, measures = 1, fixed = false, heavy = false, ...rest }: Case): Problem {
  const columns = Array.from({ length: measures }, (_, m) =>
    Array.from({ length: UNITS }, (_, u) => (heavy && (u * 5 + m) % 9 === 0 ? 20 : 1 + ((u * 37 + m * 11) % (5 + m)))),
  );
  const block = (u: number) => Math.floor((u % WIDTH) / BLOCK) + (WIDTH / BLOCK) * Math.floor(u / WIDTH / BLOCK);
  return tinyProblem({
    activity: columns,
    edges: gridEdges(WIDTH, HEIGHT),
    xy: gridXy(WIDTH, HEIGHT).map((x, i) => x + 0.2 * Math.sin(7 * i)),
    territories: territories(k).map((spec, t) => ({
      ...spec,
      locked: t < locks,
      ...(fixed && t % 4 === 3 ? { center: [(t * 7) % WIDTH, (t * 5) % HEIGHT] as const } : {}),
    })),
    tolerance: 0.4,
    today: Array.from({ length: UNITS }, (_, u) => {
      if (block(u) < locks) return block(u);
      return u % 3 === 0 ? locks + (block(u) % (k - locks)) : -1;
    }),
    ...rest,
  });
}

/** Takes up the plan of a short run, so that neighbourhoods follow after one cycle; stops where they begin. */
function reachNeighbourhoods(kernel: KernelExports): void {
  kernel.start(2, 0, 600_000);
  while (!done(kernel)) kernel.step(100_000, 0);
  writeAssignment(kernel, readAssignment(kernel, UNITS));
  kernel.resume(5, 1, Infinity);
  while (advance(kernel));
}

const done = (kernel: KernelExports) => KERNEL_PHASES[kernel.getPhase()] === 'done';

/** One chunk; false where it was the end of a cycle, which proposes nothing. */
function advance(kernel: KernelExports): boolean {
  const before = kernel.getMoves();
  kernel.step(1, 0);
  return kernel.getMoves() > before;
}

const near = (carried: number, full: number, slack: number) =>
  expect(Math.abs(carried - full), `carried ${carried}, in full ${full}`).toBeLessThanOrEqual(
    1e-7 * Math.abs(full) + slack,
  );

const cases: Record<string, Case> = {
  '30 territories': { k: 30 },
  'two measures and heavy units': { k: 34, measures: 2, heavy: true },
  'locked territories': { k: 36, locks: 4, measures: 2 },
  'locked territories about best units': { k: 32, locks: 3, objective: { center: 'unit' } },
  'fixed centres and distances': { k: 33, fixed: true, objective: { power: 1 } },
  'every term, three measures': { k: 31, locks: 2, measures: 3, objective: { cutEdges: 0.5, disruption: 0.2 } },
  'territories that may lie apart': { k: 40, measures: 2, contiguity: 'off' },
};

describe.each(Object.keys(cases))('heating one neighbourhood after the other, with %s', (name) => {
  it('keeps the sums that moves carry along', () => {
    const problem = problemOf(cases[name]!);
    const kernel = loadKernel(problem, 'release');
    reachNeighbourhoods(kernel);
    for (let look = 0; look < 200; look++) {
      for (let chunk = 0; chunk < 100; chunk++) advance(kernel);
      // while a neighbourhood is built anew there are no moves, and sums do not follow
      while (KERNEL_PHASES[kernel.getPhase()] !== 'improve') advance(kernel);
      const cost = kernel.carriedSearchCost();
      const imbalance = kernel.carriedSearchImbalance();
      near(cost, kernel.searchCost(), 1e-9);
      writeAssignment(kernel, readAssignment(kernel, UNITS));
      if (problem.objective.power === 2) near(cost, kernel.searchCost(), 1e-9);
      near(imbalance, kernel.scoreImbalance(), 1e-9 * problem.target.length);
    }
  });

  it('moves nothing outside of the neighbourhood, nor what is locked', () => {
    const problem = problemOf(cases[name]!);
    const kernel = loadKernel(problem, 'release');
    reachNeighbourhoods(kernel);
    // out of balance it would ask other means
    expect(kernel.getViolation()).toBe(0);
    let changes = 0;
    let building = 0;
    for (let cycle = 0; cycle < 25; cycle++) {
      let plan = readAssignment(kernel, UNITS);
      const touched = new Set<number>();
      for (let going = true; going; ) {
        going = advance(kernel);
        if (KERNEL_PHASES[kernel.getPhase()] === 'construct') building++;
        const next = readAssignment(kernel, UNITS);
        for (let u = 0; u < UNITS; u++) {
          if (next[u] === plan[u]) continue;
          touched.add(next[u]!).add(plan[u]!);
          changes++;
        }
        plan = next;
      }
      expect(touched.size).toBeLessThanOrEqual(NEIGHBOURHOOD);
      for (const t of touched) expect(problem.territories[t]!.locked).toBe(false);
      problem.today!.forEach((t, u) => {
        if (t >= 0 && problem.territories[t]!.locked) expect(plan[u]).toBe(t);
      });
      if (problem.contiguity === 'required') expect(kernel.scoreComponents()).toBe(problem.territories.length);
    }
    expect(changes).toBeGreaterThan(1000);
    // no diagram knows who serves what today
    expect(building > 0).toBe(!problem.objective.disruption);
  });
});
