/** The H3 problems of the bench, by name. All are two-sided and contiguous. */
import { loadCells } from './h3-cells.mjs';

const ONE_PERCENT = { population: { tolerance: 0.01 } };

/** What a problem adds to its cells. `places` is the tolerance of the second measure, `cut` asks for short borders. */
const PROBLEMS = {
  'colorado-res6-k10': { area: 'colorado', resolution: 6, territories: 10 },
  'us-res5-k50': { area: 'us', resolution: 5, territories: 50 },
  'us-res5-k200': { area: 'us', resolution: 5, territories: 200 },
  'us-res6-k200': { area: 'us', resolution: 6, territories: 200 },
  'us-res6-k1000': { area: 'us', resolution: 6, territories: 1000 },
  'us-res7-k200': { area: 'us', resolution: 7, territories: 200 },
  'us-res7-k1000': { area: 'us', resolution: 7, territories: 1000 },
  'colorado-res6-k10-two': { area: 'colorado', resolution: 6, territories: 10, places: 0.1 },
  'us-res5-k50-two': { area: 'us', resolution: 5, territories: 50, places: 0.05 },
  'colorado-res6-k10-cut': { area: 'colorado', resolution: 6, territories: 10, cut: true },
  'us-res5-k50-cut': { area: 'us', resolution: 5, territories: 50, cut: true },
  'us-res6-k200-cut': { area: 'us', resolution: 6, territories: 200, cut: true },
};

export const H3_NAMES = Object.keys(PROBLEMS);

/**
 * @param {string} name one of `H3_NAMES`
 * @param {(line: string) => void} [log]
 * @returns a problem input
 */
export function loadH3Problem(name, log) {
  const { area, resolution, territories, places, cut = false } = PROBLEMS[name];
  return {
    name,
    ground: 'bridge',
    cells: loadCells(area, resolution, log),
    territories,
    balance: places ? { population: { tolerance: 0.02 }, places: { tolerance: places } } : ONE_PERCENT,
    contiguity: 'required',
    objective: {
      inertia: cut ? 0 : 1,
      cutEdges: cut ? 1 : 0,
      weight: 'population',
      power: 2,
      distance: 'great-circle',
      center: 'centroid',
    },
  };
}
