import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Level, LevelInput, ProblemInput } from '../../src/types.js';
import { gridInput } from '../optimizer/grid.js';

const readLevels = (levels: unknown, territories: ProblemInput['territories'] = 6): readonly Level[] =>
  prepareProblem({ ...gridInput(6, 1), territories, levels: levels as LevelInput[] }).levels;

const ids = (count: number, from = 1) => Array.from({ length: count }, (_, i) => `T${from + i}`);
const groupsOf = ({ groups, of }: Level) =>
  Object.fromEntries(groups.map((id, g) => [id, [...of.keys()].filter((t) => of[t] === g).map((t) => `T${t + 1}`)]));

/** Whether every group of `lower` lies in one group of `upper`. */
const nests = (upper: Level, lower: Level) =>
  lower.groups.every((_, g) => new Set([...upper.of].filter((_, t) => lower.of[t] === g)).size <= 1);

describe('levels', () => {
  it('are none by default', () => {
    expect(readLevels(undefined)).toEqual([]);
  });

  it('take the territories that groups name, or the groups of the level below', () => {
    const districts = [
      { id: 'a', territories: ['T1', 'T6'] },
      { id: 'b', territories: ['T2'] },
      { id: 'c', territories: ['T3', 'T4', 'T5'] },
    ];
    const [region, district] = readLevels([
      {
        name: 'region',
        groups: [
          { id: 'North', children: ['c', 'a'] },
          { id: 'South', children: ['b'] },
        ],
      },
      { name: 'district', groups: districts, balance: { hours: { upper: 9 } } },
    ]);
    expect(groupsOf(district!)).toEqual(
      Object.fromEntries(districts.map(({ id, territories }) => [id, territories.sort()])),
    );
    expect(groupsOf(region!)).toEqual({ North: ['T1', 'T3', 'T4', 'T5', 'T6'], South: ['T2'] });
    expect([region!.given, district!.given]).toEqual([true, true]);
    expect([region!.balance, district!.balance]).toEqual([null, { hours: { upper: 9 } }]);
  });

  it('deal territories out evenly where they only count', () => {
    const [region, district] = readLevels(
      [
        { name: 'region', groups: 2 },
        { name: 'district', groups: 5 },
      ],
      12,
    );
    expect(district!.groups).toEqual(['district 1', 'district 2', 'district 3', 'district 4', 'district 5']);
    const sizes = Object.values(groupsOf(district!)).map((own) => own.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(nests(region!, district!)).toBe(true);
    expect([region!.given, district!.given]).toEqual([false, false]);
  });

  it('always nest, with as many groups as are asked for, none of them empty', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), counts, fc.nat(3), (k, wanted, named) => {
        const sorted = wanted.map((count) => Math.min(count, k)).sort((a, b) => a - b);
        const levels = sorted.map((count, l): LevelInput => {
          if (l !== named) return { name: `level ${l}`, groups: count };
          // lumpy on purpose
          const of = (t: number) => Math.min(count - 1, Math.floor(t / 2));
          const used = [...new Set(ids(k).map((_, t) => of(t)))];
          return {
            name: `level ${l}`,
            groups: used.map((g) => ({ id: `g${g}`, territories: ids(k).filter((_, t) => of(t) === g) })),
          };
        });
        let found: readonly Level[];
        try {
          found = readLevels(levels, k);
        } catch (error) {
          // a named level may have fewer groups than a level above it counts, or more than one below
          expect((error as TerritoryError).details.path).toMatch(/^levels\[\d\]\.groups$/);
          return;
        }
        found.forEach((level, l) => {
          if (l !== named) expect(level.groups).toHaveLength(sorted[l]!);
          expect(new Set(level.of)).toEqual(new Set(level.groups.keys()));
          if (l > 0) expect(nests(found[l - 1]!, level)).toBe(true);
        });
      }),
    );
  });

  it('are cut by place where every territory has a fixed centre', () => {
    const at = [5, 0, 4, 1, 3, 2];
    const territories = at.map((x, t) => ({ id: `T${t + 1}`, center: [x, 2.5] as const }));
    const [region] = readLevels([{ name: 'region', groups: 3 }], territories);
    expect(Object.values(groupsOf(region!)).map((own) => own.map((id) => at[Number(id.slice(1)) - 1]).sort())).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  const named = (...groups: unknown[]) => [{ name: 'region', groups }];
  const all = { id: 'a', territories: ids(6) };
  it.each<[string, unknown]>([
    ['levels', 'two'],
    ['levels[0]', [2]],
    ['levels[0].name', [{ groups: 2 }]],
    [
      'levels[0].name',
      [
        { name: 'x', groups: 2 },
        { name: 'x', groups: 3 },
      ],
    ],
    ['levels[0].size', [{ name: 'x', groups: 2, size: 3 }]],
    ['levels[0].groups', [{ name: 'x' }]],
    ['levels[0].groups', [{ name: 'x', groups: 0 }]],
    ['levels[0].groups', [{ name: 'x', groups: 1.5 }]],
    ['levels[0].groups', [{ name: 'x', groups: 7 }]],
    [
      'levels[0].groups',
      [
        { name: 'x', groups: 3 },
        { name: 'y', groups: 2 },
      ],
    ],
    [
      'levels[1].groups',
      [
        {
          name: 'x',
          groups: [
            { id: 'a', territories: ids(3) },
            { id: 'b', territories: ids(3, 4) },
          ],
        },
        { name: 'y', groups: 1 },
      ],
    ],
    ['levels[0].groups', named()],
    ['levels[0].groups[0]', named('a')],
    ['levels[0].groups[0].id', named({ territories: ids(6) })],
    ['levels[0].groups[1].id', named({ id: 'a', territories: ids(3) }, { id: 'a', territories: ids(3, 4) })],
    ['levels[0].groups[0]', named({ id: 'a' })],
    ['levels[0].groups[0]', named({ ...all, children: [] })],
    ['levels[0].groups[0].reps', named({ ...all, reps: 2 })],
    ['levels[0].groups[0].territories', named({ id: 'a', territories: [] })],
    ['levels[0].groups[0].territories[6]', named({ id: 'a', territories: [...ids(6), 'T7'] })],
    ['levels[0].groups[1].territories[0]', named(all, { id: 'b', territories: ['T1'] })],
    ['levels[0].groups', named({ id: 'a', territories: ids(5) })],
    ['levels[0].groups[0].children[0]', named({ id: 'a', children: ['b'] })],
    [
      'levels[0].groups[0].children[0]',
      [...named({ id: 'a', children: ['c'] }), { name: 'y', groups: [{ ...all, id: 'b' }] }],
    ],
    ['levels[0].balance.days', [{ name: 'x', groups: 2, balance: { days: { tolerance: 0.1 } } }]],
    ['levels[0].balance.hours', [{ name: 'x', groups: 2, balance: { hours: {} } }]],
  ])('name a bad value: %s', (path, levels) => {
    try {
      readLevels(levels);
    } catch (error) {
      expect(error).toBeInstanceOf(TerritoryError);
      expect([(error as TerritoryError).code, (error as TerritoryError).details.path]).toEqual(['INVALID_INPUT', path]);
      return;
    }
    throw new Error('did not throw');
  });

  it('say what does not nest', () => {
    const levels = [
      {
        name: 'region',
        groups: [
          { id: 'N', territories: ids(3) },
          { id: 'S', territories: ids(3, 4) },
        ],
      },
      {
        name: 'district',
        groups: [
          { id: 'a', territories: ids(2) },
          { id: 'b', territories: ids(4, 3) },
        ],
      },
    ];
    expect(() => readLevels(levels)).toThrow(
      'levels[1].groups[1] must lie within one region: T3 is in N, T4 is in S, got "b"',
    );
  });
});
