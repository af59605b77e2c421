import { afterAll, describe, expect, it } from 'vitest';
import { createOptimizer } from '../../src/node/index.js';
import type { AdaptiveInput, ProblemInput } from '../../src/types.js';

const optimizer = createOptimizer({ workers: 2 });
afterAll(() => optimizer.dispose());

/** A country of 8° by 5° with a city, 30 km across, in which half of all accounts are. */
function country(count: number): { lat: number; lng: number; activity: { hours: number } }[] {
  return Array.from({ length: count }, (_, a) => {
    const city = a % 2 === 0;
    // Fractions of multiples of irrational numbers are spread evenly.
    const [x, y] = [(a * 0.754877666) % 1, (a * 0.569840291) % 1];
    const reach = city ? 0.15 * Math.sqrt(x) : 0;
    return {
      lat: city ? 47 + reach * Math.sin(2 * Math.PI * y) : 44.5 + 5 * y,
      lng: city ? 8 + 1.4 * reach * Math.cos(2 * Math.PI * y) : 4 + 8 * x,
      activity: { hours: 1 + (a % 3) },
    };
  });
}

describe('a city that weighs more than a territory', () => {
  const document: Omit<ProblemInput, 'resolution'> = { accounts: country(3000), territories: 8 };
  const solve = (resolution: number | 'adaptive', extra: { adaptive?: AdaptiveInput } = {}) =>
    optimizer.optimize({ ...document, resolution, ...extra }, { starts: 2, moveLimit: 200_000, bound: false });

  it('leaves no balanced plan at a resolution at which it is one cell', async () => {
    const { evaluation } = await solve(4);
    expect(evaluation.feasible).toBe(false);
    expect(evaluation.balance[0]!.floor).toBeGreaterThan(0.05);
  });

  it.each<[string, { adaptive?: AdaptiveInput }]>([
    ['from there on', { adaptive: { coarsest: 4 } }],
    ['from where the accounts suggest', {}],
  ])('is parted by adaptive cells, %s', async (_, extra) => {
    const { problem, evaluation, plan } = await solve('adaptive', extra);
    expect(evaluation.violations).toEqual([]);
    expect(Math.abs(evaluation.balance[0]!.maxDeviation)).toBeLessThanOrEqual(0.05);
    expect(evaluation.balance[0]!.floor).toBe(0);
    expect(problem.resolution).toBe('mixed');
    const inCity = new Set([...plan.assignment].filter((_, u) => Number.parseInt(problem.ids[u]![1]!, 16) > 5));
    expect(inCity.size).toBeGreaterThan(3);
  });
});
