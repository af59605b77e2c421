import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { findOptimum } from './exhaustive.js';
import { runStarts } from './kernel-fixture.js';
import { type TinyCaseOptions, tinyCase } from './tiny-cases.js';

interface Tally {
  readonly cases: number;
  /** Cases whose violation is the least there is. */
  readonly leastViolation: number;
  /** Of these, cases whose cost is the least there is. */
  readonly leastCost: number;
  /** Mean of cost over least cost, of the same. */
  readonly meanRatio: number;
}

const STARTS = 3;
const CASES = 40;

/** Searches the same fixed cases every time, since a search, unlike its score, may miss. */
function search(options: TinyCaseOptions): Tally {
  let leastViolation = 0;
  let leastCost = 0;
  let ratios = 0;
  for (const problem of fc.sample(tinyCase(options), { numRuns: CASES, seed: 20 })) {
    const optimum = findOptimum(problem);
    const found = runStarts(problem, STARTS, { moveLimit: 12_000 });
    // whatever is missed, no plan is better than the best
    expect(found.violation).toBeGreaterThanOrEqual(optimum.violation - 1e-9);
    if (found.violation > optimum.violation + 1e-9) continue;
    leastViolation++;
    expect(found.cost).toBeGreaterThanOrEqual(optimum.cost * (1 - 1e-9) - 1e-12);
    const equal = found.cost <= optimum.cost * (1 + 1e-9) + 1e-12;
    if (equal) leastCost++;
    ratios += equal ? 1 : found.cost / optimum.cost;
  }
  return { cases: CASES, leastViolation, leastCost, meanRatio: ratios / leastViolation };
}

const exact: Record<string, TinyCaseOptions> = {
  'inertia about free centroids': { objective: {} },
  'inertia about fixed centres': { objective: {}, fixedCenters: true },
  'distance to fixed centres': { objective: { power: 1 }, fixedCenters: true },
  'cut edges': { objective: { inertia: 0, cutEdges: 1 } },
  'inertia, cut edges and disruption': { objective: { cutEdges: 0.5, disruption: 0.3 } },
};
const surrogates: Record<string, TinyCaseOptions> = {
  'distance to free centroids': { objective: { power: 1 } },
  'inertia about best units': { objective: { center: 'unit' } },
  'distance to best units': { objective: { power: 1, center: 'unit' } },
};

/** Terms that pull against each other leave more local optima than a short search gets out of. */
const leastHits = (name: string) => (name.includes('disruption') ? 0.6 : 0.75);

describe('against every plan of tiny problems, the search', () => {
  const free = { contiguity: 'off', equalShares: true } as const;

  it.each(Object.keys(exact))('nearly always finds the best without contiguity, for %s', (name) => {
    const tally = search({ ...exact[name]!, ...free });
    expect(tally.leastViolation / CASES).toBeGreaterThanOrEqual(0.9);
    expect(tally.leastCost / tally.leastViolation).toBeGreaterThanOrEqual(0.9);
  });

  it.each(Object.keys(exact))('nearly always finds the best contiguous plan, for %s', (name) => {
    const tally = search({ ...exact[name]!, contiguity: 'required', equalShares: true });
    expect(tally.leastViolation / CASES).toBeGreaterThanOrEqual(0.9);
    expect(tally.leastCost / tally.leastViolation).toBeGreaterThanOrEqual(leastHits(name));
  });

  it.each(Object.keys(exact))('mostly finds the best contiguous plan with unequal shares, for %s', (name) => {
    const tally = search({ ...exact[name]!, contiguity: 'required', equalShares: false });
    expect(tally.leastViolation / CASES).toBeGreaterThanOrEqual(0.75);
    expect(tally.leastCost / tally.leastViolation).toBeGreaterThanOrEqual(leastHits(name));
  });

  it.each(Object.keys(surrogates))('comes close where it follows a surrogate, for %s', (name) => {
    const tally = search({ ...surrogates[name]!, contiguity: 'required', equalShares: true });
    expect(tally.leastViolation / CASES).toBeGreaterThanOrEqual(0.9);
    expect(tally.meanRatio).toBeLessThanOrEqual(1.1);
  });
});

describe('the optimum by exhaustion', () => {
  it('is what one sees on a strip of four: halves, one edge cut, two moments of 1/2', () => {
    const strip = tinyProblem({
      activity: [[1, 1, 1, 1]],
      edges: gridEdges(4, 1),
      xy: gridXy(4, 1),
      territories: territories(2),
      objective: { cutEdges: 10 },
    });
    const optimum = findOptimum(strip);
    expect(optimum.violation).toBe(0);
    expect(optimum.cost).toBeCloseTo(10 + 0.5 + 0.5, 12);
  });

  it('counts pieces, empty territories and imbalance', () => {
    const apart = tinyProblem({
      activity: [[3, 1, 2]],
      edges: [],
      xy: gridXy(3, 1),
      territories: territories(2),
      tolerance: 0,
    });
    // 3 against 1 + 2 is balanced, and in one piece too many
    expect(findOptimum(apart).violation).toBe(1);
  });
});
