import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';
import { account, accounts, type BadInput, CELL, cells, errorOf, own, polygon, units } from './bad-input.js';

const BAD: readonly BadInput[] = [
  ['no object', null, 'input'],
  ['an array', [], 'input'],
  ['no source', { territories: 1 }, 'accounts'],
  ['two sources', { ...cells(), ...units() }, 'units'],
  ['an unknown key', cells({ tolerances: 1 }), 'tolerances'],
  ['a key of a prototype', { ...cells(), ...own('constructor', 1) }, 'constructor'],
  ['an empty name', cells({ name: '' }), 'name'],
  ['a name that is no string', cells({ name: 7 }), 'name'],

  ['no accounts', accounts(), 'accounts'],
  ['accounts that are a number', { accounts: 7, resolution: 5, territories: 1 }, 'accounts'],
  ['an account that is null', accounts(account(), null), 'accounts[1]'],
  ['an unknown key of an account', accounts(account({ latitude: 3 })), 'accounts[0].latitude'],
  ['an own __proto__ key of an account', accounts({ ...own('__proto__', 1), lat: 1, lng: 1 }), 'accounts[0].__proto__'],
  ['latitude above 90', accounts(account(), account({ lat: 90.1 })), 'accounts[1].lat'],
  ['latitude NaN', accounts(account({ lat: Number.NaN })), 'accounts[0].lat'],
  ['latitude as text', accounts(account({ lat: '37' })), 'accounts[0].lat'],
  ['no latitude', accounts({ lng: 3 }), 'accounts[0].lat'],
  ['longitude below -180', accounts(account({ lng: -181 })), 'accounts[0].lng'],
  ['longitude null', accounts(account({ lng: null })), 'accounts[0].lng'],
  ['negative activity', accounts(account({ activity: { hours: -1 } })), 'accounts[0].activity.hours'],
  ['infinite activity', accounts(account({ activity: { hours: 1 / 0 } })), 'accounts[0].activity.hours'],
  ['activity as text', accounts(account({ activity: { hours: '3' } })), 'accounts[0].activity.hours'],
  ['activity as bigint', accounts(account({ activity: { hours: 3n } })), 'accounts[0].activity.hours'],
  ['activity null', accounts(account({ activity: { hours: null } })), 'accounts[0].activity.hours'],
  ['activity as a number', accounts(account({ activity: 3 })), 'accounts[0].activity'],
  ['a bad measure with a name to quote', accounts(account({ activity: { 'a b': -1 } })), 'accounts[0].activity["a b"]'],
  ['an empty measure name', accounts(account({ activity: { '': 1 } })), 'accounts[0].activity[""]'],
  ['a duplicate id', accounts(account({ id: 'x' }), account({ id: 'x' })), 'accounts[1].id'],
  ['an id equal to a row number', accounts(account({ id: '1' }), account()), 'accounts[1].id'],
  ['a numeric id', accounts(account({ id: 5 })), 'accounts[0].id'],
  ['an empty territory', accounts(account({ territory: '' })), 'accounts[0].territory'],
  ['a numeric territory', accounts(account({ territory: 1 })), 'accounts[0].territory'],
  ['a group that is an object', accounts(account({ group: {} })), 'accounts[0].group'],
  ['no resolution', { accounts: [account()], territories: 1 }, 'resolution'],
  ['resolution 16', { ...accounts(account()), resolution: 16 }, 'resolution'],
  ['resolution 4.5', { ...accounts(account()), resolution: 4.5 }, 'resolution'],
  ['resolution with cells', cells({ resolution: 5 }), 'resolution'],
  ['columns of unequal length', { ...accounts(), accounts: { lat: [1, 2], lng: [1] } }, 'accounts.lng'],
  ['columns without the key', { ...accounts(), accounts: { lng: [1] } }, 'accounts.lat'],
  ['an unknown column', { ...accounts(), accounts: { lat: [1], lng: [1], x: [1] } }, 'accounts.x'],
  ['a bad value in a column', { ...accounts(), accounts: { lat: [1, 95], lng: [1, 1] } }, 'accounts.lat[1]'],
  [
    'a bad value in a typed column',
    { ...accounts(), accounts: { lat: [1], lng: [1], activity: { hours: Float32Array.of(Number.NaN) } } },
    'accounts.activity.hours[0]',
  ],
  ['a short measure', { ...accounts(), accounts: { lat: [1], lng: [1], activity: { h: [] } } }, 'accounts.activity.h'],
  ['empty columns', { ...accounts(), accounts: { lat: [], lng: [] } }, 'accounts'],

  ['an index that is no cell', cells({ cells: [{ cell: 'zz', activity: { h: 1 } }] }), 'cells[0].cell'],
  ['a cell spelled with a leading 0', cells({ cells: [{ cell: `0${CELL}`, activity: { h: 1 } }] }), 'cells[0].cell'],
  ['an H3 edge', cells({ cells: [{ cell: '1152830d3fffffff', activity: { h: 1 } }] }), 'cells[0].cell'],
  ['a number as a cell', cells({ cells: [{ cell: 5, activity: { h: 1 } }] }), 'cells[0].cell'],
  ['cells without activity', cells({ cells: [{ cell: CELL }] }), 'cells[0].activity'],
  ['cells without measures', cells({ cells: [{ cell: CELL, activity: {} }] }), 'cells'],
  [
    'mixed resolutions',
    cells({
      cells: [
        { cell: CELL, activity: { h: 1 } },
        { cell: '862830d37ffffff', activity: { h: 1 } },
      ],
    }),
    'cells[1].cell',
  ],
  [
    'a duplicate cell in capitals',
    cells({ cells: { cell: [CELL, CELL.toUpperCase()], activity: { h: [1, 1] } } }),
    'cells.cell[1]',
  ],

  [
    'units of the same id',
    units({ units: { id: ['a', 'a'], lat: [1, 1], lng: [1, 2], activity: { h: [1, 1] } } }),
    'units.id[1]',
  ],
  ['a unit with an empty id', units({ units: [{ id: '', activity: { h: 1 } }] }), 'units[0].id'],
  ['units without measures', units({ units: [{ id: 'a', activity: {} }] }), 'units'],
  [
    'positions for some units',
    units({
      units: [
        { id: 'a', lat: 1, lng: 1, activity: { h: 1 } },
        { id: 'b', activity: { h: 1 } },
      ],
    }),
    'units[1].lng',
  ],
  ['latitude without longitude', units({ units: [{ id: 'a', lat: 1, activity: { h: 1 } }] }), 'units[0].lng'],
  ['an infinite x', units({ units: [{ id: 'a', x: 1 / 0, y: 1, activity: { h: 1 } }] }), 'units[0].x'],
  ['no positions', units({ units: [{ id: 'a', activity: { h: 1 } }], edges: [] }), 'units[0].lat'],
  ['no planar positions', units({ objective: { distance: 'planar' } }), 'units[0].x'],
  ['no edges', units({ edges: undefined }), 'edges'],
  [
    'an edge out of range',
    units({
      edges: [
        [0, 1],
        [0, 2],
      ],
    }),
    'edges[1][1]',
  ],
  ['a negative edge', units({ edges: [[-1, 1]] }), 'edges[0][0]'],
  ['a fractional edge', units({ edges: [[0, 0.5]] }), 'edges[0][1]'],
  ['an edge of text', units({ edges: [['0', 1]] }), 'edges[0][0]'],
  ['an edge of one', units({ edges: [[0]] }), 'edges[0]'],
  ['an edge of four', units({ edges: [[0, 1, 2, 3]] }), 'edges[0]'],
  ['a negative length', units({ edges: [[0, 1, -1]] }), 'edges[0][2]'],
  ['an infinite length', units({ edges: [[0, 1, 1 / 0]] }), 'edges[0][2]'],
  ['a length of text', units({ edges: [[0, 1, '2']] }), 'edges[0][2]'],
  [
    'a length that only some edges have',
    units({
      edges: [
        [0, 1, 2],
        [1, 0],
      ],
    }),
    'edges[1][2]',
  ],
  [
    'a length that the first edge has not',
    units({
      edges: [
        [0, 1],
        [1, 0, 2],
      ],
    }),
    'edges[1][2]',
  ],
  [
    'an edge that comes again with another length',
    units({
      edges: [
        [0, 1, 2],
        [1, 0, 2],
        [1, 0, 3],
      ],
    }),
    'edges[2][2]',
  ],
  ['a loop', units({ edges: [[1, 1]] }), 'edges[0]'],
  ['edges with cells', cells({ edges: [[0, 1]] }), 'edges'],
  ['ground with units', units({ ground: 'hull' }), 'ground'],

  ['an unknown ground', cells({ ground: 'convex' }), 'ground'],
  ['ground null', cells({ ground: null }), 'ground'],
  ['ground of another type', cells({ ground: { type: 'Point', coordinates: [1, 2] } }), 'ground.type'],
  ['ground without coordinates', cells({ ground: { type: 'Polygon' } }), 'ground.coordinates'],
  ['ground without rings', cells({ ground: { type: 'Polygon', coordinates: [] } }), 'ground.coordinates'],
  [
    'a ring of two points',
    polygon([
      [0, 0],
      [1, 1],
    ]),
    'ground.coordinates[0]',
  ],
  ['a point of one number', polygon([[0, 0], [1], [1, 0]]), 'ground.coordinates[0][1]'],
  [
    'a point out of range',
    polygon([
      [0, 0],
      [1, 91],
      [1, 0],
    ]),
    'ground.coordinates[0][1][1]',
  ],
  [
    'a point NaN',
    polygon([
      [0, 0],
      [Number.NaN, 1],
      [1, 0],
    ]),
    'ground.coordinates[0][1][0]',
  ],
  [
    'an empty polygon of several',
    cells({ ground: { type: 'MultiPolygon', coordinates: [[]] } }),
    'ground.coordinates[0]',
  ],
  [
    'a ground of too many cells',
    {
      ...accounts(account()),
      resolution: 9,
      ground: {
        type: 'Polygon',
        coordinates: [
          [
            [-120, 30],
            [-80, 30],
            [-80, 50],
            [-120, 50],
          ],
        ],
      },
    },
    'ground',
  ],
  [
    'a hull of too many cells',
    { ...accounts(account({ lat: 30 }), account({ lat: 45 }), account({ lng: -80 })), resolution: 9, ground: 'hull' },
    'ground',
  ],
  [
    'a hull around the world',
    {
      ...accounts(account({ lng: 0 }), account({ lng: 120 }), account({ lng: -120, lat: -30 })),
      ground: 'hull',
      resolution: 1,
    },
    'ground',
  ],
];

describe('bad accounts, cells, units and grounds', () => {
  it.each(BAD)('are refused with their path: %s', (_, input, path) => {
    const error = errorOf(input);
    expect(error).toBeInstanceOf(TerritoryError);
    const { code, details, message } = error as TerritoryError;
    expect({ code, path: details.path }).toEqual({ code: 'INVALID_INPUT', path });
    expect(message).toContain(details.rule);
    expect(structuredClone(details)).toEqual(details);
  });

  it('says how a document is read that is given as it was parsed', () => {
    const error = errorOf({ equiterra: 1, ...cells() }) as TerritoryError;
    expect(error.details.path).toBe('equiterra');
    expect(error.message).toContain('parseProblemDocument of equiterra/io');
  });

  it('starts from inputs that are good', () => {
    for (const input of [accounts(account()), cells(), units()]) expect(errorOf(input)).toBeNull();
  });

  it('takes keys that are undefined for keys that are absent', () => {
    const sparse = { ...accounts(account({ id: undefined, territory: undefined, group: null })), balance: undefined };
    expect(errorOf({ ...sparse, cells: undefined, ground: undefined, objective: undefined })).toBeNull();
  });

  it('keeps hostile names as plain data', () => {
    const name = '<img src=x onerror=alert(1)>';
    const activity = JSON.parse('{"__proto__": 4, "constructor": 2, "hasOwnProperty": 1}');
    const input = { ...accounts(account({ id: '__proto__', territory: name, group: 'toString', activity })), name };
    const problem = prepareProblem(input as ProblemInput);
    expect(problem.measures).toEqual(['__proto__', 'constructor', 'hasOwnProperty']);
    expect([...problem.activity]).toEqual([4, 2, 1]);
    expect(problem.todayIds).toEqual(['T1', name]);
    expect(problem.accountIds).toEqual(['__proto__']);
    expect(problem.groups).toEqual(['toString']);
    expect(problem.objective.weight).toBe('__proto__');
    expect(problem.name).toBe(name);
  });
});
