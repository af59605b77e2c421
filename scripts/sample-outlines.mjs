import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature, merge, mesh } from 'topojson-client';

const require = createRequire(import.meta.url);
const readJson = (name) => JSON.parse(readFileSync(require.resolve(name), 'utf8'));

/** Alaska, Hawaii and the territories: FIPS codes that are not in the contiguous United States. */
const OUTSIDE_FIPS = new Set(['02', '15', '60', '66', '69', '72', '78']);
const NEIGHBORS = new Set(['Canada', 'Mexico', 'Cuba', 'Bahamas']);
/** [west, south, east, north] of the land drawn around the ground. */
const VIEW = [-140, 15, -50, 62];

/** Outlines as integers on the grids of the sources, which loses nothing, each ring or line delta-coded. */
export function readOutlines() {
  const states = readJson('us-atlas/states-10m.json');
  const world = readJson('world-atlas/countries-50m.json');
  const inside = states.objects.states.geometries.filter((geometry) => !OUTSIDE_FIPS.has(geometry.id));
  const neighbors = world.objects.countries.geometries.filter((geometry) => NEIGHBORS.has(geometry.properties.name));
  const contiguous = { type: 'GeometryCollection', geometries: inside };
  return {
    ground: encodeArea(merge(states, inside).coordinates, states.transform),
    stateLines: {
      ...gridOf(states.transform),
      lines: mesh(states, contiguous, (a, b) => a !== b).coordinates.map((line) => deltas(line, states.transform)),
    },
    neighbors: encodeArea(
      feature(world, { type: 'GeometryCollection', geometries: neighbors })
        .features.flatMap(({ geometry }) =>
          geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
        )
        .filter((polygon) => polygon[0].some(inView)),
      world.transform,
    ),
  };
}

function inView([lng, lat]) {
  return lng >= VIEW[0] && lat >= VIEW[1] && lng <= VIEW[2] && lat <= VIEW[3];
}

function encodeArea(polygons, transform) {
  return { ...gridOf(transform), polygons: polygons.map((rings) => rings.map((ring) => deltas(ring, transform))) };
}

function gridOf({ scale, translate }) {
  return { scale, translate };
}

/** [x, y, dx, dy, …] on the grid. */
function deltas(positions, { scale, translate }) {
  const out = [];
  let lastX = 0;
  let lastY = 0;
  for (const [lng, lat] of positions) {
    const x = Math.round((lng - translate[0]) / scale[0]);
    const y = Math.round((lat - translate[1]) / scale[1]);
    out.push(x - lastX, y - lastY);
    lastX = x;
    lastY = y;
  }
  return out;
}
