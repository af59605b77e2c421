import { afterAll, describe, expect, it } from 'vitest';
import { createOptimizer } from '../../src/node/index.js';

const optimizer = createOptimizer({ workers: 1 });
afterAll(() => optimizer.dispose());

describe('on thin land, where single units block each other, the search', () => {
  it('balances the quick start of the README, whatever the seed', async () => {
    const accounts = Array.from({ length: 300 }, (_, a) => ({
      lat: 40 + 3 * Math.sin(a * 1.7),
      lng: -100 + 5 * Math.cos(a * 2.3),
      activity: { hours: 1 + (a % 7) },
    }));
    for (const seed of [1, 2, 3, 4, 5]) {
      const { evaluation } = await optimizer.optimize({ accounts, resolution: 4, territories: 8 }, { seed });
      expect(evaluation.violations).toEqual([]);
    }
  }, 30_000);
});
