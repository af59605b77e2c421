import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { account, cells, errorOf, units } from '../problem/bad-input.js';

const guide = (name: string) => readFileSync(join(import.meta.dirname, `../../docs/${name}.md`), 'utf8');
const page = guide('documents');

/** The cells of every row of the tables between two pieces of text, without the heads. */
function rowsBetween(text: string, from: string, to: string): string[][] {
  const start = text.indexOf(from);
  const lines = text.slice(start, text.indexOf(to, start)).split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
  return rows
    .map((row) => row.map((value) => value.trim()))
    .filter((row, i) => !row[0]!.startsWith('---') && !rows[i + 1]?.[0]?.startsWith('---'));
}

const quoted = (text: string): string[] => [...text.matchAll(/`([\w]+)`/g)].map(([, key]) => key!);

/** The keys of a table whose first column says what they belong to, where it is not as in the row above. */
function keysOf(rows: readonly string[][], kind: string): string[] {
  let current = '';
  return rows.flatMap(([name, keys]) => {
    if (name !== '') current = name!;
    return current === kind ? quoted(keys!) : [];
  });
}

/** The keys that the reader lists when it meets one that is none of them. */
function readKeys(input: unknown): string[] {
  const error = errorOf(input);
  expect(error).toBeInstanceOf(TerritoryError);
  const [, list] = /\.?unknown is not a known key \(([^)]*)\)/.exec((error as TerritoryError).message) ?? [];
  return list?.split(', ') ?? [];
}

const unknown = { unknown: 1 };
const accounts = (extra: object) => ({
  accounts: [account({ id: 'a', class: 'core', territory: 'T1', months: 1 })],
  resolution: 5,
  territories: 1,
  ...extra,
});
const things = rowsBetween(page, '### What is assigned', 'Long lists');
const territories = rowsBetween(page, '### Territories and balance', 'Names in `territory`');
const demands = rowsBetween(page, '### What a plan may not change', 'A rule on an account');
const levels = rowsBetween(guide('levels'), '| Key | Value | Default |', 'A number of groups');
const adaptive = rowsBetween(guide('adaptive-resolution'), '| Key of `adaptive`', 'The default of');

/** The keys in the first braces of what the table of demands says of one, or in the `at`-th. */
function demandKeys(name: string, at = 0): string[] {
  const [, value] = demands.find(([key]) => quoted(key!).includes(name))!;
  return [...value!.matchAll(/`\{ ([^}]*) \}`/g)][at]![1]!.split(', ');
}

describe('the tables of a problem document list what the reader knows, and nothing else', () => {
  it.each<[string, string[], unknown]>([
    [
      'the document',
      rowsBetween(page, '| Key | Value | Default |', '### What is assigned').flatMap(([key]) => quoted(key!)),
      accounts(unknown),
    ],
    ['an account', keysOf(things, 'account'), { ...accounts({}), accounts: [account(unknown)] }],
    ['a cell', keysOf(things, 'cell'), cells({ cells: [{ cell: '852830d3fffffff', ...unknown }] })],
    ['a unit', keysOf(things, 'unit'), units({ units: [{ id: 'a', ...unknown }] })],
    ['a territory', keysOf(territories, 'territory'), units({ territories: [{ id: 'a', ...unknown }] })],
    ['a balance', keysOf(territories, 'balance'), units({ balance: { hours: unknown } })],
    [
      'the objective',
      rowsBetween(page, '### Objective', 'Links that').flatMap(([key]) => quoted(key!)),
      units({ objective: unknown }),
    ],
    ['a pin', [...new Set([...demandKeys('pins'), ...demandKeys('pins', 1)])], units({ pins: [unknown] })],
    ['a rule that forbids', demandKeys('forbid'), units({ forbid: [unknown] })],
    ['a rule that requires', demandKeys('forbid'), units({ require: [unknown] })],
    ['a group', demandKeys('groups'), units({ groups: [unknown] })],
    [
      'a named account',
      [...new Set([...demandKeys('named'), ...demandKeys('named', 1)])],
      accounts({ named: [unknown] }),
    ],
    ['a capacity of a class', demandKeys('capacity'), accounts({ capacity: [unknown] })],
    ['a mix', demandKeys('mix'), accounts({ mix: unknown })],
    ['a matrix', demandKeys('matrix'), units({ matrix: unknown })],
    ['a limit', [...demandKeys('limits'), ...demandKeys('limits', 1)], accounts({ limits: { accounts: unknown } })],
    ['a limit of value', demandKeys('limits', 2), accounts({ limits: { value: unknown } })],
    ['the limits', quoted(demands.find(([key]) => key === '`limits`')![1]!), accounts({ limits: unknown })],
    [
      'a level',
      levels.flatMap(([key]) => (key!.startsWith('group') ? [] : quoted(key!))),
      units({ levels: [unknown] }),
    ],
    [
      'a group of a level',
      levels.flatMap(([key]) => (key!.startsWith('group') ? quoted(key!) : [])),
      units({ levels: [{ name: 'region', groups: [unknown] }] }),
    ],
    [
      'an adaptive resolution',
      adaptive.flatMap(([key]) => quoted(key!)),
      accounts({ resolution: 'adaptive', adaptive: unknown }),
    ],
  ])('%s', (_, told, input) => {
    expect(told.length).toBeGreaterThan(1);
    expect(told.toSorted()).toEqual(readKeys(input).toSorted());
  });
});
