import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { type BadInput, CELL, cells, errorOf, FAR, own, units } from './bad-input.js';

const BAD: readonly BadInput[] = [
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
  [
    'a capacity that leaves no target',
    cells({
      territories: [
        { id: 'a', capacity: { hours: 0 } },
        { id: 'b', capacity: { hours: 9 } },
      ],
    }),
    'territories[0].capacity.hours',
  ],
  [
    'a share of a measure that leaves no target',
    cells({ territories: [{ id: 'a' }, { id: 'b', shares: { hours: 0 } }] }),
    'territories[1].shares.hours',
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
  ['a negative weight of kilometres', cells({ objective: { borderKm: -0.5 } }), 'objective.borderKm'],
  ['a weight of kilometres that is no number', cells({ objective: { borderKm: Number.NaN } }), 'objective.borderKm'],
  ['kilometres of edges without lengths', units({ objective: { borderKm: 1 } }), 'edges[0][2]'],
  ['kilometres without edges', units({ edges: undefined, contiguity: 'off', objective: { borderKm: 1 } }), 'edges'],
  ['an infinite weight of a term', cells({ objective: { inertia: 1 / 0 } }), 'objective.inertia'],
  ['a term as text', cells({ objective: { disruption: '1' } }), 'objective.disruption'],
  ['an unknown weight', cells({ objective: { weight: 'visits' } }), 'objective.weight'],
  ['power 3', cells({ objective: { power: 3 } }), 'objective.power'],
  ['an unknown distance', cells({ objective: { distance: 'euclidean' } }), 'objective.distance'],
  ['planar cells', cells({ objective: { distance: 'planar' } }), 'objective.distance'],
  ['an unknown center', cells({ objective: { center: 'median' } }), 'objective.center'],
];

describe('bad links, territories, balances and objectives', () => {
  it.each(BAD)('are refused with their path: %s', (_, input, path) => {
    const error = errorOf(input);
    expect(error).toBeInstanceOf(TerritoryError);
    const { code, details, message } = error as TerritoryError;
    expect({ code, path: details.path }).toEqual({ code: 'INVALID_INPUT', path });
    expect(message).toContain(details.rule);
    expect(structuredClone(details)).toEqual(details);
  });
});
