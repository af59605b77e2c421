import { createRequire } from 'node:module';
import { gridDisk, polygonToCells } from 'h3-js';
import { feature } from 'topojson-client';

const require = createRequire(import.meta.url);

/** Alaska, Hawaii and the island territories: FIPS codes outside of the contiguous United States. */
const OUTSIDE_FIPS = new Set(['02', '15', '60', '66', '69', '72', '78']);

const AREAS = {
  colorado: (state) => state.properties.name === 'Colorado',
  us: (state) => !OUTSIDE_FIPS.has(state.id),
};

/**
 * Cells whose centres lie in an area of us-atlas: the largest connected part, ids ascending.
 * @param {'colorado' | 'us'} area
 * @param {number} resolution of H3
 */
export function readOutlineCells(area, resolution) {
  const states = require('us-atlas/states-10m.json');
  const geometries = states.objects.states.geometries.filter(AREAS[area]);
  const cells = new Set();
  for (const { geometry } of feature(states, { type: 'GeometryCollection', geometries }).features) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const polygon of polygons) for (const cell of polygonToCells(polygon, resolution, true)) cells.add(cell);
  }
  return keepLargestPart([...cells].sort());
}

/**
 * The neighbours of each cell within the list, −1 where there are fewer than six; in no particular order.
 * @param {readonly string[]} ids
 * @returns {Int32Array} six per cell
 */
export function findNeighbors(ids) {
  const index = new Map(ids.map((id, i) => [id, i]));
  const neighbors = new Int32Array(6 * ids.length).fill(-1);
  ids.forEach((id, i) => {
    let slot = 6 * i;
    for (const near of gridDisk(id, 1)) {
      const j = index.get(near);
      if (j !== undefined && j !== i) neighbors[slot++] = j;
    }
  });
  return neighbors;
}

function keepLargestPart(ids) {
  const neighbors = findNeighbors(ids);
  const part = new Int32Array(ids.length).fill(-1);
  const sizes = [];
  for (let first = 0; first < ids.length; first++) {
    if (part[first] >= 0) continue;
    const number = sizes.length;
    const open = [first];
    part[first] = number;
    let size = 0;
    for (let i; (i = open.pop()) !== undefined; size++) {
      for (let slot = 6 * i; slot < 6 * i + 6; slot++) {
        const j = neighbors[slot];
        if (j < 0 || part[j] >= 0) continue;
        part[j] = number;
        open.push(j);
      }
    }
    sizes.push(size);
  }
  const largest = sizes.indexOf(Math.max(...sizes));
  return ids.filter((_, i) => part[i] === largest);
}
