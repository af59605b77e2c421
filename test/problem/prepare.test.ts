import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '../arbitraries.js';

describe('prepareProblem', () => {
  it('gives every problem arrays of the promised lengths', () => {
    fc.assert(
      fc.property(problem(), (p) => {
        const n = p.ids.length;
        const k = p.territories.length;
        expect(p.activity).toHaveLength(p.measures.length * n);
        expect(p.offsets).toHaveLength(n + 1);
        expect(p.neighbors).toHaveLength(p.offsets[n]!);
        for (const bounds of [p.target, p.lower, p.upper]) expect(bounds).toHaveLength(p.measures.length * k);
        expect(p.todayIds.slice(0, k)).toEqual(p.territories.map((territory) => territory.id));
      }),
      { numRuns: 300 },
    );
  });
});
