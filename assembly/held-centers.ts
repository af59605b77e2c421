// Centres that do not follow every move: best-unit centres, and any centre under power 1, where a move's effect through
// the centre has no O(1) form. The search holds them for a while, which makes every delta exact for these centres, and
// now and then offers each territory another one (Lloyd's alternation; for units a step of a medoid search).

import { pointDistance } from './objective';
import {
  fixedCenter,
  neighbors,
  offsets,
  originX,
  originY,
  originZ,
  place,
  power,
  sphereRadius,
  territoryCount,
  unitCenters,
  unitCount,
} from './problem';
import { below, nextU32 } from './rng';
import { assignment, center, holdCenters, moment, size } from './tally';

/** Unit at which each territory's centre is held, −1 where it is a point. */
let centerUnit: StaticArray<i32> = new StaticArray<i32>(0);
let candidate: StaticArray<f64> = new StaticArray<f64>(0);
let candidateUnit: StaticArray<i32> = new StaticArray<i32>(0);
let costNow: StaticArray<f64> = new StaticArray<f64>(0);
let costThere: StaticArray<f64> = new StaticArray<f64>(0);
let nearest: StaticArray<f64> = new StaticArray<f64>(0);

export function allocateHeldCenters(): void {
  const k = territoryCount;
  centerUnit = new StaticArray<i32>(k);
  candidate = new StaticArray<f64>(3 * k);
  candidateUnit = new StaticArray<i32>(k);
  costNow = new StaticArray<f64>(k);
  costThere = new StaticArray<f64>(k);
  nearest = new StaticArray<f64>(k);
}

/** Whether the objective has centres to hold. */
export function holdsCenters(): bool {
  return unitCenters || power == 1;
}

/** Puts every candidate at the weighted centroid, brought up to the sphere where distances run along the ground. */
function aimAtCentroids(): void {
  for (let t = 0; t < territoryCount; t++) {
    candidateUnit[t] = -1;
    const W = moment[4 * t + 3];
    if (W <= 0) continue;
    let x = moment[4 * t] / W + originX;
    let y = moment[4 * t + 1] / W + originY;
    let z = moment[4 * t + 2] / W + originZ;
    const length = Math.sqrt(x * x + y * y + z * z);
    const scale = sphereRadius > 0 && power == 1 && !unitCenters && length > 0 ? sphereRadius / length : 1;
    candidate[3 * t] = x * scale - originX;
    candidate[3 * t + 1] = y * scale - originY;
    candidate[3 * t + 2] = z * scale - originZ;
  }
}

// @ts-ignore: decorator
@inline
function candidateSquared(u: i32, t: i32): f64 {
  const dx = place[4 * u] - candidate[3 * t];
  const dy = place[4 * u + 1] - candidate[3 * t + 1];
  const dz = place[4 * u + 2] - candidate[3 * t + 2];
  return dx * dx + dy * dy + dz * dz;
}

/** Moves every candidate to the member nearest to it. */
function snapToMembers(): void {
  nearest.fill(Infinity);
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (t < 0) continue;
    const d = candidateSquared(u, t);
    if (d < nearest[t]) {
      nearest[t] = d;
      candidateUnit[t] = u;
    }
  }
  placeCandidates();
}

/** Moves every candidate to a random neighbour of the unit that holds the centre, where that is a member too. */
function stepToNeighbors(): void {
  for (let t = 0; t < territoryCount; t++) {
    const u = centerUnit[t];
    if (u < 0 || offsets[u + 1] == offsets[u]) continue;
    const v = neighbors[offsets[u] + below(offsets[u + 1] - offsets[u])];
    if (assignment[v] == t) candidateUnit[t] = v;
  }
  placeCandidates();
}

function placeCandidates(): void {
  for (let t = 0; t < territoryCount; t++) {
    const u = candidateUnit[t];
    if (u >= 0) for (let d = 0; d < 3; d++) candidate[3 * t + d] = place[4 * u + d];
  }
}

// @ts-ignore: decorator
@inline
function cost(u: i32, squared: f64): f64 {
  const d = pointDistance(squared);
  return place[4 * u + 3] * (power == 2 ? d * d : d);
}

/** Offers every free centre a candidate and keeps the better of the two. O(n). */
export function offerCenters(): void {
  aimAtCentroids();
  if (unitCenters) {
    snapToMembers();
    if (power == 1 && (nextU32() & 1) == 0) stepToNeighbors();
  }
  costNow.fill(0);
  costThere.fill(0);
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (t < 0) continue;
    const dx = place[4 * u] - center[4 * t];
    const dy = place[4 * u + 1] - center[4 * t + 1];
    const dz = place[4 * u + 2] - center[4 * t + 2];
    costNow[t] += cost(u, dx * dx + dy * dy + dz * dz);
    costThere[t] += cost(u, candidateSquared(u, t));
  }
  for (let t = 0; t < territoryCount; t++) {
    if (fixedCenter[4 * t + 3] != 0 || size[t] == 0) continue;
    const held = centerUnit[t];
    // a centre must be a unit of its own territory; a centroid is the centre that the objective names
    const must = unitCenters ? held < 0 || assignment[held] != t : true;
    if (!must && costThere[t] >= costNow[t]) continue;
    centerUnit[t] = candidateUnit[t];
    for (let d = 0; d < 3; d++) center[4 * t + d] = candidate[3 * t + d];
  }
}

/** From here on centres stay where they are put, or follow their territories again. */
export function holdAllCenters(hold: bool): void {
  holdCenters(hold);
  if (hold) {
    centerUnit.fill(-1);
    offerCenters();
  }
}
