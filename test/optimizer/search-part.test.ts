import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../../src/kernel/create-kernel.js';
import { matchTerritories } from '../../src/plan/match-territories.js';
import { searchPart } from '../../src/worker/search-part.js';
import { problem as anyProblem } from '../arbitraries.js';
import { kernelModule, runToEnd } from '../kernel/kernel-fixture.js';

describe('the part of a problem that a run reads', () => {
  it('gives the plan and the labels that the whole gives', () => {
    fc.assert(
      fc.property(anyProblem(), (problem) => {
        // as a worker gets it
        const part = structuredClone(searchPart(problem));
        const options = { moveLimit: 2000 };
        const whole = runToEnd(createKernel(kernelModule('release'), problem), options);
        expect(runToEnd(createKernel(kernelModule('release'), part), options)).toEqual(whole);
        expect(matchTerritories(part, whole)).toEqual(matchTerritories(problem, whole));
      }),
      { numRuns: 60 },
    );
  });
});
