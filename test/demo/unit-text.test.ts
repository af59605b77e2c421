import { describe, expect, it } from 'vitest';
import { amount, kilometres, percent, plural } from '../../demo/format.js';
import { describeUnit } from '../../demo/unit-text.js';
import { overlapToday } from '../../src/metrics/overlap.js';
import { prepareProblem } from '../../src/problem/prepare.js';

describe('describeUnit', () => {
  const ids = ['<img src=x onerror=alert(1)>', 'b', 'c', 'd', 'e', 'f'];
  const problem = prepareProblem({
    accounts: {
      id: ids,
      lat: ids.map(() => 39),
      lng: ids.map(() => -105),
      activity: { hours: [6, 5, 4, 3, 2, 1] },
      territory: ['Ada', 'Bob', 'Ada', null, 'Ada', 'Ada'],
    },
    resolution: 5,
    territories: [{ id: 'T' }],
  });
  const plan = { assignment: Int32Array.of(0), territories: ['T'] };

  it('lists the heaviest accounts, today’s reps and the territory, names as they are', () => {
    expect(describeUnit(problem, 0, overlapToday(problem), plan, undefined)).toEqual([
      'Territory T',
      '6 accounts · 21.0 hours',
      'Today 2 reps: Ada, Bob',
      '<img src=x onerror=alert(1)>',
      'b',
      'c',
      'd',
      'and 2 more',
      `Cell ${problem.ids[0]}`,
    ]);
  });

  it('leaves out what nobody knows', () => {
    const units = prepareProblem({
      units: [{ id: 'u', activity: { calls: 200 } }],
      edges: [],
      territories: 1,
      objective: { inertia: 0 },
    });
    expect(describeUnit(units, 0, null, null, undefined)).toEqual(['200 calls', 'Unit u']);
  });
});

describe('numbers for people', () => {
  it('signs deviations, but never a zero', () => {
    expect(percent(0.0512, 1, true)).toBe('+5.1 %');
    expect(percent(-0.0512, 1, true)).toBe('−5.1 %');
    expect(percent(-0.0001, 1, true)).toBe('0.0 %');
    expect(percent(0.25, 0)).toBe('25 %');
  });

  it('shortens what is large', () => {
    expect(kilometres(999_499)).toBe('999,499 km');
    expect(kilometres(3_430_908)).toBe('3.43 M km');
    expect(amount(99.94)).toBe('99.9');
    expect(amount(1234.5)).toBe('1,235');
    expect(plural(1, 'row')).toBe('1 row');
    expect(plural(0, 'territory', 'territories')).toBe('0 territories');
  });
});
