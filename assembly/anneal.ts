// Annealing on border moves (Kirkpatrick, Gelatt, Vecchi 1983; for districting: D'Amico et al. 2002): shifts of one
// unit and swaps of two, on cost plus the pressure of balance, contiguity kept by every move.

import { adaptBalancePressure, pressureDelta, scaleBalancePressure } from './balance-pressure';
import { beatsTrail, noteChange, takeTrail } from './best-plan';
import { border, borderCount, drawBorderUnit, orderBorder, updateBorder } from './border';
import { holdAllCenters, holdsCenters, offerCenters } from './held-centers';
import { mayLeave } from './contiguity';
import { hasPermits, mayServe, scatters, scattersFreely, unavoidable } from './permits';
import { BALANCE_ROUNDING, fullCost, fullImbalance, imbalanceDelta, moveDelta } from './objective';
import { powerDistance } from './power-diagram';
import {
  activity,
  contiguous,
  cutFactor,
  disruptionFactor,
  inertiaFactor,
  initial,
  inverseTarget,
  leastWeight,
  locked,
  lower,
  mass,
  measureCount,
  neighbors,
  offsets,
  place,
  power,
  territoryCount,
  todayValue,
  unitCount,
  upper,
} from './problem';
import { below, nextU32 } from './rng';
import { swaps } from './swap-share';
import { assignment, recount, size, transfer } from './tally';
import { isThawed, thawedCount } from './thaw';

/** Cost and imbalance of the current assignment, carried by deltas. */
let cost: f64 = 0;
let imbalance: f64 = 0;
/** Violation that moves cannot mend here: components beyond the first and what is locked out of balance. */
let fixedViolation: f64 = 0;
let temperature: f64 = 0;
/** Typical size of a border move's cost: the scale of the temperature. */
let moveScale: f64 = 1;
/** 1 / mean search weight of border units. */
let inverseTypicalWeight: f64 = 1;
/** Whether one move can cross a good part of the band, so that balance is a puzzle. */
export let lumpy: bool = false;
/** Whether one move crosses more than the band, so that few single moves keep balance. */
export let puzzling: bool = false;
/** Whether territories may fall apart for now: a relaxed search offers no plans. */
export let relaxed: bool = false;
/** Samples in and out of balance since the pressure last adapted. */
let balancedSeen: i32 = 0;
/** Share of samples that are to be in balance. */
let wantedBalanced: f64 = 0.5;
let unbalancedSeen: i32 = 0;

/** −ln of evenly spread quantiles: a Metropolis test by one look-up. */
const LOG_TABLE_SIZE: i32 = 4096;
const negativeLog: StaticArray<f64> = new StaticArray<f64>(LOG_TABLE_SIZE);

/** Transfers between two recounts that clear the rounding gathered by increments. */
const RECOUNT_EVERY: i32 = 500_000;
/** Proposals between two adaptions of the pressure: a share of the border, so that loads can answer in between. */
let adaptEvery: i32 = 2048;
const LEAST_ADAPT_EVERY: i32 = 1024;
/** Slope of the pressure in typical move costs, and the relative amount beyond a bound at which it has that slope. */
const PRESSURE_SLOPE: f64 = 2;
const PRESSURE_AMOUNT: f64 = 0.002;
/** Margin inside the bounds: a share of the band's width, but no more than a share of a typical move. */
const MARGIN_OF_WIDTH: f64 = 0.05;
const MARGIN_OF_MOVE: f64 = 0.75;
/** The same where balance is all that counts, for what is felt well inside the bounds travels far; and the most of a target. */
const ROOM: f64 = 0.25;
const MOST_ROOM: f64 = 0.05;
/** Steps of the walk that looks for a partner to swap with. */
const SWAP_WALK: i32 = 12;
const SAMPLES: i32 = 2000;
const OFTEN: f64 = 0.5;
const TERRITORIES_ASTRAY: f64 = 20;
/** Weight beyond which units are not heated more, in typical weights of the border. */
const HEAVIEST: f64 = 5;

let transfersSinceRecount: i32 = 0;
let proposalsSinceAdapt: i32 = 0;
/** Adaptions between two offers of centres: an offer costs a sweep over all units. */
let offerEvery: i32 = 1;
let adaptionsSinceOffer: i32 = 0;

export function prepareAnnealing(): void {
  for (let i = 0; i < LOG_TABLE_SIZE; i++) {
    negativeLog[i] = -Math.log((<f64>i + 0.5) / <f64>LOG_TABLE_SIZE);
  }
}

/**
 * Takes over the current assignment: sums, scales, first best plan. `components` is the count over all territories;
 * `roomy`: loads are to stay well inside their bounds.
 */
export function beginAnnealing(components: i32, roomy: bool = false): void {
  recount();
  if (holdsCenters()) holdAllCenters(true);
  cost = fullCost();
  imbalance = fullImbalance();
  fixedViolation = standingViolation(components);
  measureScales(roomy);
  transfersSinceRecount = 0;
  proposalsSinceAdapt = 0;
  adaptionsSinceOffer = 0;
  balancedSeen = 0;
  unbalancedSeen = 0;
  considerBest();
}

/** What no move can mend: empty territories, components beyond the first, units that nobody may take. */
export function standingViolation(components: i32): f64 {
  let used = 0;
  let assigned = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (size[t] > 0) used++;
    assigned += size[t];
  }
  const extra = contiguous ? components - used : 0;
  return unavoidable + <f64>(territoryCount - used + extra + unitCount - assigned);
}

/** Samples border moves for the scale of temperature and pressure, and for how lumpy the units are. */
function measureScales(roomy: bool): void {
  const M = measureCount;
  let scale: f64 = 0;
  let weightScale: f64 = 0;
  let lump: f64 = 0;
  let count = 0;
  let lumps = 0;
  const samples = borderCount > 0 || !contiguous || scatters ? SAMPLES : 0;
  for (let i = 0; i < samples; i++) {
    const u = atBorder() ? border[below(borderCount)] : below(unitCount);
    const a = assignment[u];
    if (a < 0) continue;
    const b = otherTerritory(u, a);
    // empty land weighs next to nothing and must not set the scale for the rest
    if (b < 0 || b == a || (inertiaFactor != 0 && mass[u] == 0 && place[4 * u + 3] <= leastWeight)) continue;
    count++;
    weightScale += place[4 * u + 3];
    // against the prices: the pull of balance is not part of a move's worth
    if (inertiaFactor != 0) {
      const change = Math.abs(powerDistance(u, b) - powerDistance(u, a));
      scale += Math.sqrt(inertiaFactor * place[4 * u + 3] * (power == 2 ? change : Math.sqrt(change)));
    }
    scale += Math.sqrt(cutFactor);
    if (disruptionFactor != 0 && todayValue.length > 0) {
      scale += Math.sqrt(disruptionFactor * todayValue[below(todayValue.length)]);
    }
    for (let m = 0; m < M; m++) {
      const amount = activity[u * M + m] * inverseTarget[a * M + m];
      if (amount > 0) {
        lump += Math.sqrt(amount);
        lumps++;
      }
    }
  }
  // the mean of the roots, squared: a few heavy moves must not set the scale
  const root = count > 0 && scale > 0 ? scale / <f64>count : 1;
  moveScale = root * root;
  inverseTypicalWeight = count > 0 ? <f64>count / weightScale : 1;
  const rootLump = lumps > 0 ? lump / <f64>lumps : Math.sqrt(1.0 / <f64>unitCount);
  const typical = rootLump * rootLump;
  let width = Infinity;
  for (let i = 0, end = territoryCount * M; i < end; i++) width = min(width, (upper[i] - lower[i]) * inverseTarget[i]);
  const margin = roomy ? min(ROOM * width, MOST_ROOM) : min(MARGIN_OF_WIDTH * width, MARGIN_OF_MOVE * typical);
  scaleBalancePressure((PRESSURE_SLOPE * moveScale) / typical, max(PRESSURE_AMOUNT, 2 * typical), margin);
  offerEvery = 1 + unitCount / (4 * max(LEAST_ADAPT_EVERY, borderCount));
  adaptEvery = max(LEAST_ADAPT_EVERY, borderCount);
  lumpy = typical > 0.5 * width;
  puzzling = typical > 2 * width;
}

/** From here on territories may fall apart, or hold together again. */
export function relaxContiguity(relax: bool): void {
  relaxed = relax;
}

/**
 * Whether plans are to be in balance half of the time, or only so often that each territory mostly is: one price of
 * imbalance high enough to hold hundreds of them at once would freeze every heavy unit.
 */
export function demandBalance(strictly: bool): void {
  wantedBalanced = strictly ? OFTEN : OFTEN / (1 + <f64>thawedCount / TERRITORIES_ASTRAY);
}

/** Sets the temperature as a multiple of a typical move's cost. */
export function setTemperature(factor: f64): void {
  temperature = factor * moveScale;
}

/** A territory at random, −1 if it is frozen. */
function anyThawed(): i32 {
  const t = below(territoryCount);
  return isThawed(t) ? t : -1;
}

/** A thawed territory at random that may be in pieces, −1 if the one drawn may not. */
function anyScattering(): i32 {
  const t = anyThawed();
  return t >= 0 && scattersFreely(t) ? t : -1;
}

/** A territory other than `a` that unit `u` could move to, −1 when there is none. */
function otherTerritory(u: i32, a: i32): i32 {
  if (!contiguous && (nextU32() & 3) == 0) return anyThawed();
  if (scatters && (nextU32() & 3) == 0) return anyScattering();
  const begin = offsets[u];
  const degree = offsets[u + 1] - begin;
  if (degree == 0) return contiguous ? -1 : anyThawed();
  let i = below(degree);
  for (let tries = 0; tries < degree; tries++) {
    const t = assignment[neighbors[begin + i]];
    if (t != a && t >= 0 && isThawed(t)) return t;
    if (++i == degree) i = 0;
  }
  return -1;
}

// @ts-ignore: decorator
@inline
function accepts(delta: f64, heat: f64): bool {
  return delta <= 0 || delta < heat * negativeLog[nextU32() >>> 20];
}

/**
 * Temperature for unit `u`, in proportion to its weight. A light unit's moves cost little: at full heat it would wander far
 * and fray the borders; a heavy one's cost much, and it would stand still.
 */
// @ts-ignore: decorator
@inline
function heatOf(u: i32): f64 {
  return inertiaFactor == 0 ? temperature : temperature * min(HEAVIEST, place[4 * u + 3] * inverseTypicalWeight);
}

function considerBest(): void {
  if (relaxed) return;
  const violation = (imbalance > BALANCE_ROUNDING ? imbalance : 0) + fixedViolation;
  if (beatsTrail(violation, cost)) takeTrail(violation, cost);
}

/** Whether the next unit is to be one on the border: any may move where territories need not hold together. */
// @ts-ignore: decorator
@inline
function atBorder(): bool {
  if (scatters && (borderCount == 0 || (nextU32() & 7) == 0)) return false;
  return contiguous || (borderCount > 0 && (nextU32() & 1) == 0);
}

function proposeShift(u: i32): void {
  const a = assignment[u];
  if (a < 0 || initial[u] >= 0 || size[a] < 2 || !isThawed(a)) return;
  const b = otherTerritory(u, a);
  if (b < 0 || b == a || locked[b] || (hasPermits && !mayServe(u, b))) return;
  const costDelta = moveDelta(u, a, b);
  if (!accepts(costDelta + pressureDelta(u, a, b), heatOf(u))) return;
  if (contiguous && !relaxed && !scattersFreely(a) && !mayLeave(u, a)) return;
  // a fragment of one unit that joins its surroundings is one component less
  if (contiguous && fixedViolation > unavoidable && !scattersFreely(a) && !touches(u, a, -1)) {
    fixedViolation = max(unavoidable, fixedViolation - 1);
  }
  imbalance += imbalanceDelta(u, a, b);
  transfer(u, a, b);
  updateBorder(u);
  noteChange(u);
  cost += costDelta;
  transfersSinceRecount++;
  considerBest();
}

/** Whether `u` touches a unit of `t` other than `except`. */
function touches(u: i32, t: i32, except: i32): bool {
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
    const v = neighbors[e];
    if (v != except && assignment[v] == t) return true;
  }
  return false;
}

/** A unit of `b` near `u` to send back to `a`: a random walk over b's border, −1 when it finds none. */
function drawPartner(u: i32, a: i32, b: i32): i32 {
  if (!contiguous) {
    for (let tries = 0; tries < SWAP_WALK; tries++) {
      const v = below(unitCount);
      if (assignment[v] == b && initial[v] < 0) return v;
    }
    return -1;
  }
  let at = u;
  let found = -1;
  let steps = 1 + below(SWAP_WALK);
  for (let step = 0; step < 2 * SWAP_WALK && steps > 0; step++) {
    const begin = offsets[at];
    const v = neighbors[begin + below(offsets[at + 1] - begin)];
    if (v == u || assignment[v] != b) continue;
    at = v;
    steps--;
    if (initial[v] < 0 && touches(v, a, u)) found = v;
  }
  return found;
}

function proposeSwap(u: i32): void {
  const a = assignment[u];
  if (a < 0 || initial[u] >= 0 || !isThawed(a)) return;
  const b = otherTerritory(u, a);
  if (b < 0 || b == a || locked[a] || locked[b]) return;
  if (hasPermits && !mayServe(u, b)) return;
  const v = drawPartner(u, a, b);
  if (v < 0 || (hasPermits && !mayServe(v, a))) return;
  const thereCost = moveDelta(u, a, b);
  const therePressure = pressureDelta(u, a, b);
  const thereBalance = imbalanceDelta(u, a, b);
  // the second half is measured and tested with the first half done
  transfer(u, a, b);
  const costDelta = thereCost + moveDelta(v, b, a);
  const balanceDelta = thereBalance + imbalanceDelta(v, b, a);
  let done = accepts(costDelta + therePressure + pressureDelta(v, b, a), min(heatOf(u), heatOf(v)));
  if (done && contiguous && !relaxed) {
    // u left a: test as if it were still there, since the test looks at the neighbours of u only
    done = (scattersFreely(a) || (mayLeave(u, a) && touches(v, a, u))) && (scattersFreely(b) || mayLeave(v, b));
  }
  if (!done) {
    transfer(u, b, a);
    transfersSinceRecount++;
    return;
  }
  transfer(v, b, a);
  updateBorder(u);
  updateBorder(v);
  noteChange(u);
  noteChange(v);
  cost += costDelta;
  imbalance += balanceDelta;
  transfersSinceRecount++;
  considerBest();
}

/** Now and then offers held centres a better place; the cost of the plan changes with them. */
function offerNewCenters(): void {
  if (++adaptionsSinceOffer < offerEvery) return;
  adaptionsSinceOffer = 0;
  offerCenters();
  cost = fullCost();
  considerBest();
}

/** Proposes `count` moves at the current temperature. */
export function proposeMoves(count: i32): void {
  if (contiguous && borderCount == 0 && !scatters) return;
  for (let i = 0; i < count; i++) {
    const u = atBorder() ? drawBorderUnit() : below(unitCount);
    if (swaps(u, nextU32())) proposeSwap(u);
    else proposeShift(u);
    if ((i & 15) == 0) {
      if (imbalance > BALANCE_ROUNDING) unbalancedSeen++;
      else balancedSeen++;
    }
    if (++proposalsSinceAdapt == adaptEvery) {
      adaptBalancePressure(<f64>balancedSeen < wantedBalanced * <f64>(balancedSeen + unbalancedSeen));
      if (holdsCenters()) offerNewCenters();
      orderBorder();
      proposalsSinceAdapt = 0;
      balancedSeen = 0;
      unbalancedSeen = 0;
    }
  }
  if (transfersSinceRecount > RECOUNT_EVERY) {
    transfersSinceRecount = 0;
    recount();
    cost = fullCost();
    imbalance = fullImbalance();
  }
}

/** Current value of the search's own score, for tests of the deltas. */
export function carriedCost(): f64 {
  return cost;
}
export function carriedImbalance(): f64 {
  return imbalance;
}
