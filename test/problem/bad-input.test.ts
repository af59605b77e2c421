import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';

const CELL = '852830d3fffffff';
const OTHER = '852830dbfffffff';
const FAR = '85283473fffffff';

const accounts = (...rows: unknown[]) => ({ accounts: rows, resolution: 5, territories: 1 });
const account = (extra: object = {}) => ({ lat: 37.7, lng: -122.4, activity: { hours: 2 }, ...extra });
const cells = (extra: object = {}) => ({
  cells: [
    { cell: CELL, activity: { hours: 2 } },
    { cell: OTHER, activity: { hours: 3 }, territory: 'T1' },
  ],
  territories: 1,
  ...extra,
});
const units = (extra: object = {}) => ({
  units: [
    { id: 'a', lat: 1, lng: 1, activity: { hours: 2 } },
    { id: 'b', lat: 1, lng: 2, activity: { hours: 3 } },
  ],
  edges: [[0, 1]],
  territories: 1,
  ...extra,
});
const polygon = (ring: unknown) => cells({ ground: { type: 'Polygon', coordinates: [ring] } });
const own = (key: string, value: unknown) => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);

/** What is wrong, the input, and the path that the error must name. */
const BAD: readonly (readonly [string, unknown, string])[] = [
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

  ['links that are no array', cells({ links: {} }), 'links'],
  ['a link of one', cells({ links: [[CELL]] }), 'links[0]'],
  ['a link to nowhere', cells({ links: [[CELL, FAR]] }), 'links[0][1]'],
  ['a link to itself', cells({ links: [[CELL, CELL]] }), 'links[0]'],
  ['a link of indices', units({ links: [[0, 1]] }), 'links[0][0]'],
  ['a barrier to nowhere', units({ barriers: [['a', 'toString']] }), 'barriers[0][1]'],
  [
    'a barrier between units that are no neighbours',
    units({
      units: { id: ['a', 'b', 'c'], lat: [1, 1, 1], lng: [1, 2, 3], activity: { h: [1, 1, 1] } },
      edges: [
        [0, 1],
        [1, 2],
      ],
      barriers: [
        ['a', 'b'],
        ['a', 'c'],
      ],
    }),
    'barriers[1]',
  ],
  ['a barrier on a link', units({ links: [['a', 'b']], barriers: [['b', 'a']] }), 'barriers[0]'],

  ['no territories', cells({ territories: undefined }), 'territories'],
  ['territories 0', cells({ territories: 0 }), 'territories'],
  ['territories 1.5', cells({ territories: 1.5 }), 'territories'],
  ['territories as text', cells({ territories: '2' }), 'territories'],
  ['territories []', cells({ territories: [] }), 'territories'],
  ['more territories than units', cells({ territories: 3 }), 'territories'],
  ['a billion territories', cells({ territories: 1e9 }), 'territories'],
  ['more specs than units', units({ territories: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }), 'territories'],
  ['a territory that is text', cells({ territories: ['T1'] }), 'territories[0]'],
  ['a territory without id', cells({ territories: [{}] }), 'territories[0].id'],
  ['territories of the same id', cells({ territories: [{ id: 'a' }, { id: 'a' }] }), 'territories[1].id'],
  ['an unknown key of a territory', cells({ territories: [{ id: 'a', size: 2 }] }), 'territories[0].size'],
  ['share 0', cells({ territories: [{ id: 'a', share: 0 }] }), 'territories[0].share'],
  ['share infinite', cells({ territories: [{ id: 'a', share: 1 / 0 }] }), 'territories[0].share'],
  ['share null', cells({ territories: [{ id: 'a', share: null }] }), 'territories[0].share'],
  [
    'shares beyond all numbers',
    cells({
      territories: [
        { id: 'a', share: 1e308 },
        { id: 'b', share: 1e308 },
      ],
    }),
    'territories',
  ],
  [
    'a share that leaves no target',
    cells({
      territories: [
        { id: 'a', share: 1e300 },
        { id: 'b', share: 1e-300 },
      ],
    }),
    'territories[1].share',
  ],
  ['a centre of one number', cells({ territories: [{ id: 'a', center: [1] }] }), 'territories[0].center'],
  ['a centre out of range', cells({ territories: [{ id: 'a', center: [1, 91] }] }), 'territories[0].center[1]'],
  ['a centre of text', cells({ territories: [{ id: 'a', center: ['1', 2] }] }), 'territories[0].center[0]'],
  ['locked as a number', cells({ territories: [{ id: 'T1', locked: 1 }] }), 'territories[0].locked'],
  ['locked without units today', cells({ territories: [{ id: 'a', locked: true }] }), 'territories[0].locked'],
  ['locked without a plan today', units({ territories: [{ id: 'a', locked: true }] }), 'territories[0].locked'],

  ['balance of an unknown measure', cells({ balance: { visits: { tolerance: 0.1 } } }), 'balance.visits'],
  ['balance of an inherited name', cells({ balance: own('toString', { tolerance: 0.1 }) }), 'balance.toString'],
  ['balance as an array', cells({ balance: [] }), 'balance'],
  ['balance as a number', cells({ balance: { hours: 0.05 } }), 'balance.hours'],
  ['an empty rule', cells({ balance: { hours: {} } }), 'balance.hours'],
  ['tolerance and bounds', cells({ balance: { hours: { tolerance: 0.1, lower: 1 } } }), 'balance.hours'],
  ['negative tolerance', cells({ balance: { hours: { tolerance: -0.1 } } }), 'balance.hours.tolerance'],
  ['tolerance NaN', cells({ balance: { hours: { tolerance: Number.NaN } } }), 'balance.hours.tolerance'],
  ['infinite upper', cells({ balance: { hours: { upper: 1 / 0 } } }), 'balance.hours.upper'],
  ['lower above upper', cells({ balance: { hours: { lower: 2, upper: 1 } } }), 'balance.hours.lower'],
  ['an unknown key of a rule', cells({ balance: { hours: { tolerence: 0.1 } } }), 'balance.hours.tolerence'],
  [
    'balance of a measure without activity',
    cells({ cells: [{ cell: CELL, activity: { h: 1, zero: 0 } }], balance: { zero: { tolerance: 0.1 } } }),
    'balance.zero',
  ],
  ['no activity at all', cells({ cells: [{ cell: CELL, activity: { h: 0 } }] }), 'balance'],
  [
    'nine measures by default',
    cells({ cells: [{ cell: CELL, activity: Object.fromEntries([...'abcdefghi'].map((m) => [m, 1])) }] }),
    'balance',
  ],
  [
    'totals beyond all numbers',
    units({ units: { id: ['a', 'b'], x: [0, 1], y: [0, 1], activity: { h: [1.7e308, 1.7e308] } } }),
    'balance',
  ],

  ['contiguity true', cells({ contiguity: true }), 'contiguity'],
  ['objective as text', cells({ objective: 'inertia' }), 'objective'],
  ['an unknown term', cells({ objective: { compactness: 1 } }), 'objective.compactness'],
  ['a negative weight of a term', cells({ objective: { cutEdges: -1 } }), 'objective.cutEdges'],
  ['an infinite weight of a term', cells({ objective: { inertia: 1 / 0 } }), 'objective.inertia'],
  ['a term as text', cells({ objective: { disruption: '1' } }), 'objective.disruption'],
  ['an unknown weight', cells({ objective: { weight: 'visits' } }), 'objective.weight'],
  ['power 3', cells({ objective: { power: 3 } }), 'objective.power'],
  ['an unknown distance', cells({ objective: { distance: 'euclidean' } }), 'objective.distance'],
  ['planar cells', cells({ objective: { distance: 'planar' } }), 'objective.distance'],
  ['an unknown center', cells({ objective: { center: 'median' } }), 'objective.center'],
];

function errorOf(input: unknown): unknown {
  try {
    prepareProblem(input as ProblemInput);
  } catch (error) {
    return error;
  }
  return null;
}

describe('bad input', () => {
  it.each(BAD)('is refused with its path: %s', (_, input, path) => {
    const error = errorOf(input);
    expect(error).toBeInstanceOf(TerritoryError);
    const { code, details, message } = error as TerritoryError;
    expect({ code, path: details.path }).toEqual({ code: 'INVALID_INPUT', path });
    expect(message).toContain(details.rule);
    expect(structuredClone(details)).toEqual(details);
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
