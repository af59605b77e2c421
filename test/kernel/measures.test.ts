import { describe, it } from 'vitest';
import { expectBest, type Options } from './lumpy-cases.js';

const kinds: Record<string, Options> = {
  'two measures': { n: 18, k: 2, measures: 2, tolerance: 0.1 },
  'two measures in a narrow band': { n: 17, k: 3, measures: 2, tolerance: 0.03 },
  'two measures, three territories': { n: 17, k: 3, measures: 2, tolerance: 0.2 },
  'two measures, unequal shares': { n: 17, k: 3, measures: 2, tolerance: 0.05, labels: 'shares', moveLimit: 1_000_000 },
  'three measures': { n: 17, k: 3, measures: 3, tolerance: 0.05 },
};

describe('with several lumpy measures, no plan of contiguous territories beats the best of some runs', () => {
  it.each(Object.keys(kinds))('under %s', (name) => {
    expectBest(kinds[name]!);
  });
});
