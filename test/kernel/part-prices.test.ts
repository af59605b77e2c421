import { describe, it } from 'vitest';
import { expectBest } from './lumpy-cases.js';

describe('parts that make no plan at first', () => {
  // prices that rise without end while there is none would hide all parts that come later
  it('are put together once others have come, in a single run', () => {
    expectBest({ n: 18, k: 3, runs: 1, cases: 10 });
  });
});
