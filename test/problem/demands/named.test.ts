import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../../src/problem/prepare.js';
import type { Problem, ProblemInput } from '../../../src/types.js';
import { accountAt, ROW, rowInput } from './demand-input.js';

const prepare = (extra: Partial<ProblemInput> = {}) => prepareProblem(rowInput(extra));

/** Load of each territory that no unit carries. */
const baseLoad = (problem: Problem) => [...problem.demands!.baseLoad!];

describe('named families', () => {
  const accounts = ROW.map((_, i) =>
    accountAt(i, { id: `a${i}`, family: i % 3 === 0 ? 'acme' : null, territory: 'Ben' }),
  );

  it.each<[string, Partial<ProblemInput>]>([
    ['named itself', { named: [{ family: 'acme', territory: 'Ann' }] }],
    ['told by a pin of one of its accounts', { pins: [{ account: 'a3', territory: 'Ann' }] }],
    ['told by one of its accounts that is named', { named: [{ account: 'a6', territory: 'Ann' }] }],
  ])('go to another territory than that of most of them today: %s', (_, told) => {
    const problem = prepare({ accounts, families: 'named', ...told });
    expect([...problem.demands!.overlay!]).toEqual([0, -1, -1, 0, -1, -1, 0]);
    expect(baseLoad(problem)).toEqual([3, 0]);
  });

  it('take an account along that is named by itself, without a territory', () => {
    const split = accounts.map((account, i) => ({ ...account, territory: i === 0 ? 'Ann' : 'Ben' }));
    const problem = prepare({ accounts: split, named: [{ account: 'a0' }, { family: 'acme' }] });
    expect([...problem.demands!.overlay!]).toEqual([1, -1, -1, 1, -1, -1, 1]);
  });
});

describe('an id that does not exist', () => {
  it.each<[string, Partial<ProblemInput>, string]>([
    ['of a territory', { pins: [{ account: 'a0', territory: 'Anna' }] }, '(Ann, Ben), got "Anna"'],
    [
      'of a unit that is an account',
      { pins: [{ unit: 'a0', territory: 'Ann' }] },
      'a unit, not of an account, got "a0"',
    ],
    [
      'of an account that is a unit',
      { groups: [{ accounts: [ROW[0]!] }] },
      `an account, not of a unit, got "${ROW[0]}"`,
    ],
  ])('is told with what helps: %s', (_, extra, end) => {
    expect(() => prepare(extra)).toThrow(end);
  });
});
