/**
 * JavaScript and WebAssembly peers. None takes a weight or holds a band, so each gets what it can use: positions, and for
 * those that know neighbours the cells as polygons.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { cellsToMultiPolygon } from 'h3-js';
import { EARTH_RADIUS_KM, toSphere } from '../instances/cell-geometry.mjs';

/** Share of the mean population that every cluster must have, where the peer knows such a bound. */
const LEAST_SHARE = 0.9;
const SEED = 1;
const SCALE = 'raw';
const DISTANCE = 'euclidean';

/** `graph`: works on the cells' polygons. */
export const SCRIPT_PEERS = {
  'turf clusters-kmeans': { run: runTurf },
  'ml-kmeans': { run: runMlKmeans },
  'geoda skater': { graph: true, run: geoda((g, w, k, xy) => g.skater(w, k, xy, -1, [], SCALE, DISTANCE)) },
  'geoda skater, least load': {
    graph: true,
    run: geoda((g, w, k, xy, load) => g.skater(w, k, xy, leastLoad(load, k), load, SCALE, DISTANCE)),
  },
  'geoda redcap': {
    graph: true,
    run: geoda((g, w, k, xy) => g.redcap(w, k, xy, 'fullorder-wardlinkage', -1, [], SCALE, DISTANCE)),
  },
  'geoda schc': { graph: true, run: geoda((g, w, k, xy) => g.schc(w, k, xy, 'ward', -1, [], SCALE, DISTANCE)) },
  'geoda azp greedy': {
    graph: true,
    run: geoda((g, w, k, xy) => g.azpGreedy(w, k, xy, 0, [], [], [], [], [], SCALE, DISTANCE, SEED)),
  },
  'geoda max-p greedy': {
    graph: true,
    run: geoda((g, w, k, xy, load) =>
      g.maxpGreedy(w, xy, 1, [load], [leastLoad(load, k)], [], [], SCALE, DISTANCE, SEED),
    ),
  },
};

function leastLoad(load, k) {
  return (LEAST_SHARE * load.reduce((sum, value) => sum + value, 0)) / k;
}

async function runTurf(problem, manifest) {
  const { clustersKmeans } = await importFrom(manifest, '@turf/clusters-kmeans');
  const features = problem.ids.map((_, u) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Point', coordinates: [problem.lngLat[2 * u], problem.lngLat[2 * u + 1]] },
  }));
  const points = { type: 'FeatureCollection', features };
  return timed(() =>
    clustersKmeans(points, { numberOfClusters: problem.territories.length, mutate: true }).features.map(
      (feature) => feature.properties.cluster,
    ),
  );
}

async function runMlKmeans(problem, manifest) {
  const { kmeans } = await importFrom(manifest, 'ml-kmeans');
  const points = problem.ids.map((_, u) =>
    toSphere(problem.lngLat[2 * u + 1], problem.lngLat[2 * u]).map((x) => EARTH_RADIUS_KM * x),
  );
  return timed(() => kmeans(points, problem.territories.length, { seed: SEED }).clusters);
}

/** Only the clustering is timed: the map is read and its neighbours are found before, as Equiterra's problem is prepared. */
function geoda(call) {
  return async (problem, manifest) => {
    const jsgeoda = createRequire(manifest)('jsgeoda');
    const library = await jsgeoda.New();
    const map = library.readGeoJSON(encode(problem));
    const weights = library.getRookWeights(map, 1, false, 0);
    const xy = planePositions(problem);
    const m = problem.measures.indexOf(problem.objective.weight);
    const load = Array.from(problem.activity.subarray(m * problem.ids.length, (m + 1) * problem.ids.length));
    return timed(() => {
      const { clusters } = call(library, weights, problem.territories.length, xy, load);
      if (!clusters || clusters.length !== problem.ids.length) throw new Error('ended without a result');
      // Its clusters are numbered from 1.
      return clusters.map((cluster) => cluster - 1);
    });
  };
}

function encode({ ids }) {
  const features = ids.map((id) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Polygon', coordinates: cellsToMultiPolygon([id], true)[0] },
  }));
  const bytes = new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }));
  return bytes.buffer;
}

/** Kilometres east and north of the middle, near enough to equal scale for a clustering. */
function planePositions({ ids, lngLat }) {
  const middle = ids.reduce((sum, _, u) => sum + lngLat[2 * u + 1], 0) / ids.length;
  const perDegree = (EARTH_RADIUS_KM * Math.PI) / 180;
  const flat = Math.cos((middle * Math.PI) / 180);
  return [ids.map((_, u) => lngLat[2 * u] * flat * perDegree), ids.map((_, u) => lngLat[2 * u + 1] * perDegree)];
}

function timed(work) {
  const began = performance.now();
  const assignment = Int32Array.from(work());
  return { wallMs: performance.now() - began, assignment };
}

function importFrom(manifest, name) {
  return import(pathToFileURL(createRequire(manifest).resolve(name)).href);
}
