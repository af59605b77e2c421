// The loaded problem: flat arrays, sized once by `allocateProblem`, written by the host, read by everything else.
//
//   n units · k territories · M balanced measures · E directed neighbour slots · D today entries
//
//   offsets    n + 1  ┐ CSR graph: neighbours of u are neighbors[offsets[u] … offsets[u + 1])
//   neighbors  E      ┘
//   cutWeight  E        cost of cutting the slot's edge, in multiples of `cutFactor`; empty where no cut costs anything
//   ring       6n       neighbours in ring order, −1 for none; −2 first where the ring does not tell all
//   place      4n       x, y, z in km about the mean position, and the weight that the search uses
//   weight     n        the objective's true weight
//   activity   n·M      unit-major
//   lower … target k·M  territory-major
//   fixedCenter 4k      x, y, z, and 1 where the centre is fixed
//   initial    n        territory of units that may not move, else −1
//   today…              per unit the territories that serve it today and how much each holds
//   base       k·M      load that each territory has before any unit

import { freshArray } from './fresh-array';

export let unitCount: i32 = 0;
export let territoryCount: i32 = 0;
export let measureCount: i32 = 0;
/** The first measures, which say how much land a territory gets; the others are classes that are bounded or mixed. */
export let balancedCount: i32 = 0;
export let hasRing: bool = false;

export let offsets: StaticArray<i32> = new StaticArray<i32>(0);
export let neighbors: StaticArray<i32> = new StaticArray<i32>(0);
export let cutWeight: StaticArray<f64> = new StaticArray<f64>(0);
export let ring: StaticArray<i32> = new StaticArray<i32>(0);
export let place: StaticArray<f64> = new StaticArray<f64>(0);
export let weight: StaticArray<f64> = new StaticArray<f64>(0);
export let activity: StaticArray<f64> = new StaticArray<f64>(0);
export let lower: StaticArray<f64> = new StaticArray<f64>(0);
export let upper: StaticArray<f64> = new StaticArray<f64>(0);
export let target: StaticArray<f64> = new StaticArray<f64>(0);
export let base: StaticArray<f64> = new StaticArray<f64>(0);
export let fixedCenter: StaticArray<f64> = new StaticArray<f64>(0);
export let locked: StaticArray<u8> = new StaticArray<u8>(0);
export let initial: StaticArray<i32> = new StaticArray<i32>(0);
export let todayOffsets: StaticArray<i32> = new StaticArray<i32>(0);
export let todayTerritory: StaticArray<i32> = new StaticArray<i32>(0);
export let todayValue: StaticArray<f64> = new StaticArray<f64>(0);

// Scalars of the objective, set by `configure`.
export let inertiaFactor: f64 = 1;
/** Cost of a typical cut edge; 0 where no cut costs anything. */
export let cutFactor: f64 = 0;
export let disruptionFactor: f64 = 0;
export let power: i32 = 2;
/** Free centres are the best unit instead of the centroid. */
export let unitCenters: bool = false;
/** Distances to a point centre are arcs on a sphere of this radius; 0 for planar. */
export let sphereRadius: f64 = 0;
export let contiguous: bool = true;

/** Derived by `prepare`: inverse targets, so that loads compare as relative amounts. */
export let inverseTarget: StaticArray<f64> = new StaticArray<f64>(0);
/** Derived: each unit's share of the problem over all balanced measures, summing to 1. */
export let mass: StaticArray<f64> = new StaticArray<f64>(0);
/** Derived: the search weight of units that have none of their own. */
export let leastWeight: f64 = 0;
/** Derived: whether the search weighs any unit otherwise than the objective does. */
export let weightsRaised: bool = false;
/** Derived: what was taken off every place. */
export let originX: f64 = 0;
export let originY: f64 = 0;
export let originZ: f64 = 0;
/** Whether there are positions to start from. */
export let hasPlaces: bool = true;

export function allocateProblem(
  n: i32,
  slots: i32,
  k: i32,
  measures: i32,
  balanced: i32,
  todaySlots: i32,
  withRing: bool,
  withCuts: bool,
): void {
  unitCount = n;
  territoryCount = k;
  measureCount = measures;
  balancedCount = balanced;
  hasRing = withRing;
  offsets = freshArray<i32>(n + 1);
  neighbors = freshArray<i32>(slots);
  cutWeight = new StaticArray<f64>(withCuts ? slots : 0);
  ring = freshArray<i32>(withRing ? 6 * n : 0);
  place = freshArray<f64>(4 * n);
  weight = freshArray<f64>(n);
  activity = freshArray<f64>(n * measures);
  lower = new StaticArray<f64>(k * measures);
  upper = new StaticArray<f64>(k * measures);
  target = new StaticArray<f64>(k * measures);
  inverseTarget = new StaticArray<f64>(k * measures);
  base = new StaticArray<f64>(k * measures);
  fixedCenter = new StaticArray<f64>(4 * k);
  locked = new StaticArray<u8>(k);
  initial = freshArray<i32>(n);
  todayOffsets = freshArray<i32>(n + 1);
  todayTerritory = freshArray<i32>(todaySlots);
  todayValue = freshArray<f64>(todaySlots);
  mass = freshArray<f64>(n);
}

export function setObjective(
  inertia: f64,
  cut: f64,
  disruption: f64,
  distancePower: i32,
  centersAreUnits: bool,
  radius: f64,
  requireContiguity: bool,
  placesGiven: bool,
): void {
  inertiaFactor = inertia;
  cutFactor = cut;
  disruptionFactor = disruption;
  power = distancePower;
  unitCenters = centersAreUnits;
  sphereRadius = radius;
  contiguous = requireContiguity;
  hasPlaces = placesGiven;
}

/** A search weight of zero leaves a unit without a preference and borders ragged: it gets this share of the mean. */
const LEAST_WEIGHT_SHARE: f64 = 1e-3;

/**
 * Takes the loads that territories have before any unit off bounds and targets, so that the loads of units alone compare
 * with them. What is relative stays relative to the whole target.
 */
function takeOffBase(): void {
  for (let i = 0, size = territoryCount * measureCount; i < size; i++) {
    lower[i] -= base[i];
    upper[i] -= base[i];
    if (base[i] != 0) target[i] = max(0, target[i] - base[i]);
  }
}

/** Fills what follows from the input: search weights, inverse targets, masses; moves the origin to the mean place. */
export function deriveProblem(): void {
  const n = unitCount;
  const k = territoryCount;
  const M = measureCount;
  for (let i = 0, size = k * M; i < size; i++) inverseTarget[i] = target[i] > 0 ? 1.0 / target[i] : 1.0;
  takeOffBase();

  for (let u = 0; u < n; u++) mass[u] = 0;
  for (let m = 0; m < balancedCount; m++) {
    let total: f64 = 0;
    for (let u = 0; u < n; u++) total += activity[u * M + m];
    if (total <= 0) continue;
    const scale = 1.0 / (total * <f64>balancedCount);
    for (let u = 0; u < n; u++) mass[u] += activity[u * M + m] * scale;
  }

  let total: f64 = 0;
  for (let u = 0; u < n; u++) total += weight[u];
  // without an inertia term the places only shape the first plan, by mass
  const useMass = inertiaFactor <= 0 || total <= 0;
  if (useMass) total = 1;
  const least = (LEAST_WEIGHT_SHARE * total) / <f64>n;
  leastWeight = least;
  weightsRaised = useMass;
  for (let u = 0; u < n; u++) {
    const own = useMass ? mass[u] : weight[u];
    if (own < least) weightsRaised = true;
    place[4 * u + 3] = max(own, least);
  }

  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  for (let u = 0; u < n; u++) {
    x += place[4 * u];
    y += place[4 * u + 1];
    z += place[4 * u + 2];
  }
  x /= <f64>n;
  y /= <f64>n;
  z /= <f64>n;
  originX = x;
  originY = y;
  originZ = z;
  for (let u = 0; u < n; u++) {
    place[4 * u] -= x;
    place[4 * u + 1] -= y;
    place[4 * u + 2] -= z;
  }
  for (let t = 0; t < k; t++) {
    if (fixedCenter[4 * t + 3] == 0) continue;
    fixedCenter[4 * t] -= x;
    fixedCenter[4 * t + 1] -= y;
    fixedCenter[4 * t + 2] -= z;
  }
}
