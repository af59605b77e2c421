/** Empty cells that join what is apart; the search for them is `assembly/h3/bridge.ts`. */
import { getHexagonEdgeLengthAvg } from 'h3-js';
import { type IndexedCells, indexCells } from './indexed-cells.js';
import { EARTH_RADIUS_KM } from './sphere.js';

/**
 * Longest chain of empty cells. Wider gaps, such as an ocean, are left to automatic links: 64 cells are about
 * 1,100 km at resolution 5, 420 km at 6 and 160 km at 7.
 */
export const MAX_BRIDGE_CELLS = 64;

/** `cells` and what joins them. Up to log₂(groups) rounds of about 1 µs per cell on a rim. */
export function bridgeCells(cells: IndexedCells): IndexedCells {
  if (cells.joined) return cells;
  const { module, resolution, keys } = cells;
  // Centres of neighbours are √3 edge lengths apart on average; the factor leaves room for distortion.
  const edgeKm = getHexagonEdgeLengthAvg(resolution, 'km');
  const reachKm = 1.5 * (MAX_BRIDGE_CELLS + 1) * Math.sqrt(3) * edgeKm;
  const count = module.exports.bridgeGround(reachKm, MAX_BRIDGE_CELLS, EARTH_RADIUS_KM);
  return count === keys.length ? cells : indexCells(module.listKeys(count).slice(), resolution);
}
