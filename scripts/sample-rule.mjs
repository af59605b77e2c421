/**
 * The made half of the sample: class, yearly hours and today's rep of each place. docs/sample.md states the rule in
 * words. Every draw is a hash of (seed, place id, purpose), so a place keeps its values whatever the order of the list.
 */

export const SAMPLE_SEED = 20;
/** One name per rep, in the order of their homes. Names of people, because a territory may move away from a home. */
export const REP_NAMES =
  'Ada Amir Anna Ben Bo Carla Chen Clara Dan Dina Eli Emma Finn Gita Hana Hugo Ida Ivan Jack Jane Kai Kim Lara Leo Lin Maya Max Mei Nils Nora Omar Otto Pia Ravi Rosa Sam Sara Tom Uma Zoe'.split(
    ' ',
  );
const REP_COUNT = REP_NAMES.length;
export const POTENTIAL_CAP = 200_000;

/** Classes, best first: the least value that belongs to each, and its calls a year and minutes a call. */
export const CLASSES = [
  { name: 'invest', value: 4.65, calls: 20, minutes: 60 },
  { name: 'core', value: 3.95, calls: 6, minutes: 45 },
  { name: 'opportunistic', value: 3.35, calls: 2, minutes: 30 },
  { name: 'divest', value: -Infinity, calls: 1, minutes: 20 },
];

const START_SPACING_KM = 120;
const CLUSTER_ROUNDS = 12;
/** Spread of the taste that bends distances: two reps within a factor of about e^TASTE compete for an account. */
const TASTE = 0.75;
/** Share of accounts that an earlier territory left with a rep further away. */
const LEGACY_SHARE = 0.05;
const LEGACY_TASTE = 2.2;
/** Today's hours of a rep against an equal share. */
const LOAD_RANGE = [0.45, 1.6];
const EARTH_RADIUS_KM = 6371.0072;

/** 0 … 1 from a seed and integer keys (Mulberry32's finaliser over a running hash). */
export function draw(seed, ...keys) {
  let hash = seed | 0;
  for (const key of keys) {
    hash = Math.imul(hash ^ key, 0x9e3779b1) + 0x6d2b79f5;
    hash = Math.imul(hash ^ (hash >>> 15), 1 | hash);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash;
    hash ^= hash >>> 14;
  }
  return (hash >>> 0) / 4294967296;
}

/** About normal with mean 0 and deviation 1: the sum of four draws, so that no engine's logarithm is involved. */
function drawNormal(seed, ...keys) {
  let sum = 0;
  for (let part = 0; part < 4; part++) sum += draw(seed, ...keys, part);
  return (sum - 2) * Math.sqrt(3);
}

const CLASS_KEY = 1;
const HOURS_KEY = 2;
const REACH_KEY = 3;
const TASTE_KEY = 4;
const LEGACY_KEY = 5;

/** Index into `CLASSES`: size and a drawn outlook together decide. */
export function classOf(place, seed) {
  const value = Math.log10(place.potential) + 0.35 * drawNormal(seed, place.id, CLASS_KEY);
  return CLASSES.findIndex((entry) => value >= entry.value);
}

/** Yearly hours in tenths: calls × minutes of the class, more for large places, ±20 % noise, at least 0.1 h. */
export function hoursOf(place, classIndex, seed) {
  const { calls, minutes } = CLASSES[classIndex];
  const size = 1 + 0.6 * (Math.log10(place.potential) - 4);
  const noise = 0.8 + 0.4 * draw(seed, place.id, HOURS_KEY);
  return Math.max(1, Math.round(((calls * minutes) / 60) * size * noise * 10));
}

/**
 * Homes of the reps: the largest place of each of REP_COUNT clusters of places (k-means weighted by hours on the sphere,
 * started at the largest places START_SPACING_KM apart), so that there are more reps where there is more work.
 */
export function chooseHomes(places, hours) {
  const points = places.map(toSphere);
  let centers = spreadStarts(places).map(toSphere);
  let cluster = [];
  for (let round = 0; round < CLUSTER_ROUNDS; round++) {
    cluster = points.map((point) => nearestIndex(point, centers));
    const sums = centers.map(() => [0, 0, 0]);
    for (let a = 0; a < points.length; a++) {
      for (let axis = 0; axis < 3; axis++) sums[cluster[a]][axis] += hours[a] * points[a][axis];
    }
    centers = sums.map((sum) => sum.map((value) => value / Math.hypot(...sum)));
  }
  const homes = [];
  for (let a = 0; a < places.length; a++) {
    const home = homes[cluster[a]];
    if (home === undefined || places[a].population > home.population) homes[cluster[a]] = places[a];
  }
  return homes;
}

function spreadStarts(places) {
  const starts = [];
  for (const place of [...places].sort((a, b) => b.population - a.population || a.id - b.id)) {
    if (starts.every((start) => distanceKm(start, place) >= START_SPACING_KM)) starts.push(place);
    if (starts.length === REP_COUNT) break;
  }
  return starts;
}

function nearestIndex(point, centers) {
  let best = 0;
  let bestDot = -Infinity;
  for (let c = 0; c < centers.length; c++) {
    const dot = point[0] * centers[c][0] + point[1] * centers[c][1] + point[2] * centers[c][2];
    if (dot > bestDot) {
      bestDot = dot;
      best = c;
    }
  }
  return best;
}

/**
 * Index of the home whose rep serves each place today: the nearest by a distance that each place bends by its own taste
 * and each rep stretches by a reach. Reaches are drawn, then eased until every rep's hours lie within `LOAD_RANGE`.
 */
export function assignReps(places, hours, homes, seed) {
  const bent = new Float64Array(places.length * homes.length);
  for (let a = 0; a < places.length; a++) {
    const taste = draw(seed, places[a].id, LEGACY_KEY) < LEGACY_SHARE ? LEGACY_TASTE : TASTE;
    for (let r = 0; r < homes.length; r++) {
      const pull = Math.exp(taste * drawNormal(seed, places[a].id, TASTE_KEY, homes[r].id));
      bent[a * homes.length + r] = (distanceKm(homes[r], places[a]) + 30) * pull;
    }
  }
  const reach = homes.map((home) => 0.75 + 0.5 * draw(seed, home.id, REACH_KEY));
  const fairShare = hours.reduce((sum, value) => sum + value, 0) / homes.length;
  const rep = new Int32Array(places.length);
  for (let round = 0; round < 60; round++) {
    const load = new Float64Array(homes.length);
    for (let a = 0; a < places.length; a++) {
      let best = 0;
      for (let r = 1; r < homes.length; r++) {
        const row = a * homes.length;
        if (bent[row + r] / reach[r] < bent[row + best] / reach[best]) best = r;
      }
      rep[a] = best;
      load[best] += hours[a] / fairShare;
    }
    let eased = 0;
    for (let r = 0; r < homes.length; r++) {
      const bound = Math.min(Math.max(load[r], LOAD_RANGE[0]), LOAD_RANGE[1]);
      if (bound === load[r]) continue;
      reach[r] *= (bound / load[r]) ** 0.5;
      eased++;
    }
    if (eased === 0) break;
  }
  return rep;
}

function toSphere({ lat, lng }) {
  const radians = Math.PI / 180;
  const flat = Math.cos(lat * radians);
  return [flat * Math.cos(lng * radians), flat * Math.sin(lng * radians), Math.sin(lat * radians)];
}

/** Great-circle distance (haversine). */
function distanceKm(a, b) {
  const radians = Math.PI / 180;
  const sinLat = Math.sin(((b.lat - a.lat) * radians) / 2);
  const sinLng = Math.sin(((b.lng - a.lng) * radians) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
}
