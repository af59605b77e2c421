import type { MultiPolygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { applySettings, inputOfAccounts, settingsOf } from '../../demo/source.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';

const input: ProblemInput = {
  accounts: { lat: [10, 11, 12], lng: [20, 21, 22], activity: { hours: [1, 2, 3], calls: [1, 1, 1] } },
  resolution: 4,
  territories: [{ id: 'Ada', share: 2 }, { id: 'Bob' }],
  balance: { hours: { tolerance: 0.03 } },
  objective: { weight: 'calls' },
};

describe('settingsOf', () => {
  it('shows what an input says, and its other measures as not balanced', () => {
    expect(settingsOf(input, ['hours', 'calls'])).toEqual({
      territories: 2,
      resolution: 4,
      measures: [
        { name: 'hours', balanced: true, tolerance: 0.03 },
        { name: 'calls', balanced: false, tolerance: 0.05 },
      ],
    });
  });

  it('balances every measure when an input does not say', () => {
    const { measures } = settingsOf({ ...input, balance: undefined as never }, ['hours', 'calls']);
    expect(measures.every((measure) => measure.balanced && measure.tolerance === 0.05)).toBe(true);
  });
});

describe('applySettings', () => {
  it('gives the input back when nothing was changed', () => {
    const settings = settingsOf(input, ['hours', 'calls']);
    expect(applySettings(input, settings, [])).toEqual(input);
  });

  it('keeps absolute bounds of a document', () => {
    const bounded: ProblemInput = { ...input, balance: { hours: { lower: 1, upper: 5 } } };
    const settings = settingsOf(bounded, ['hours', 'calls']);
    expect(applySettings(bounded, settings, []).balance).toEqual(bounded.balance);
  });

  it('names new territories after today’s reps when their number fits, else counts them', () => {
    const settings = settingsOf(input, ['hours', 'calls']);
    const reps = ['Cem', 'Dora', 'Eva'];
    expect(applySettings(input, { ...settings, territories: 3 }, reps).territories).toEqual([
      { id: 'Cem' },
      { id: 'Dora' },
      { id: 'Eva' },
    ]);
    expect(applySettings(input, { ...settings, territories: 4 }, reps).territories).toBe(4);
  });

  it('passes a measure with a hostile name on as data', () => {
    const settings = {
      ...settingsOf(input, ['hours']),
      measures: [{ name: '__proto__', balanced: true, tolerance: 0.1 }],
    };
    const { balance } = applySettings(input, settings, []);
    expect(Object.getPrototypeOf(balance)).toBe(Object.prototype);
    expect(Object.keys(balance!)).toEqual(['__proto__']);
  });
});

describe('inputOfAccounts', () => {
  const ground: MultiPolygon = { type: 'MultiPolygon', coordinates: [] };

  it('takes as many territories as there are reps, under their names', () => {
    const accounts = { lat: [10, 11, 12], lng: [20, 21, 22], territory: ['b', 'a', 'b'] };
    expect(inputOfAccounts('file', accounts, ground).territories).toEqual([{ id: 'a' }, { id: 'b' }]);
  });

  it('lays accounts all over the United States on their outline, others on their hull', () => {
    expect(inputOfAccounts('file', { lat: [47, 26], lng: [-122, -80] }, ground).ground).toBe(ground);
    expect(inputOfAccounts('file', { lat: [47, 48], lng: [-122, -121] }, ground).ground).toBe('hull');
    expect(inputOfAccounts('file', { lat: [48, 52], lng: [2, 13] }, ground).ground).toBe('hull');
  });

  it.each([
    ['a town', [52.5, 52.51, 52.52, 52.49, 52.5], [13.4, 13.41, 13.39, 13.42, 13.43]],
    ['a country', [47.5, 54, 50, 52, 48.1], [7, 14, 8, 10, 11.5]],
    ['one place', [10, 10, 10, 10, 10], [20, 20, 20, 20, 20]],
  ])('gives a problem that can be prepared for %s', (_, lat, lng) => {
    const problem = prepareProblem(inputOfAccounts('file', { lat, lng }, null));
    expect(problem.ids.length).toBeGreaterThanOrEqual(problem.territories.length);
    expect(problem.ids.length).toBeLessThan(30_000);
  });
});
