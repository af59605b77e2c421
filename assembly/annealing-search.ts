// What happens to the plans of a construction. Its contenders are tried, better half after better half; the winner is
// heated again and again, and every so often new plans are built. A trial, and every other reheat, begins with a relaxed
// cycle that lets territories fall apart; what it finds is repaired and annealed as a plan.

import { lumpy, puzzling, relaxContiguity, standingViolation } from './anneal';
import { resetBalancePressure } from './balance-pressure';
import { beginTrail, bestViolation, judgeTrail, restoreBest, rounded } from './best-plan';
import { borderCount } from './border';
import { contenders, keepContenders, keepPlan, rankContenders, recallPlan } from './contenders';
import { countComponents } from './contiguity';
import { advanceCycle, beginCycle, setHeat, settleCycle, shortenCycle } from './cycle';
import { exactCost } from './exact-score';
import { holdsCenters } from './held-centers';
import { fitsLumpySearch } from './lumpy-search';
import { fullImbalance } from './objective';
import { contiguous, inertiaFactor, unitCount, weightsRaised } from './problem';
import { fitsRebuilding } from './rebuilding';
import { below, unitInterval } from './rng';
import { recount } from './tally';
import { hasNeighbourhoods, thawAll, thawNeighbourhood } from './thaw';

/**
 * What the end of a cycle may ask of the run: nothing, the repair, a contender's settling, a search for centres, the
 * balance that recombination finds, or a neighbourhood that is built anew.
 */
export const ASK_NOTHING: i32 = 0;
export const ASK_REPAIR: i32 = 1;
export const ASK_SETTLING: i32 = 2;
export const ASK_CENTERS: i32 = 3;
export const ASK_BALANCE: i32 = 4;
export const ASK_REBUILDING: i32 = 5;

/** Cycles since the start, trials left out. */
let cycle: i32 = 0;
let builds: bool = true;
/** Contenders are being tried: the round, the one at hand, and what one trial may take in moves and time. */
let screening: bool = false;
let round: i32 = 0;
let at: i32 = 0;
let trialMoves: f64 = 0;
let trialTime: f64 = 0;
/** The cycle at hand is relaxed; it began from the best plan rather than from a construction. */
let relaxing: bool = false;
let again: bool = false;
/** The plan has a shape that neither a relaxed cycle nor much heat would find again. */
let shaped: bool = false;
/** Score of the trail's best plan at the end of the last cycle. */
let violation: f64 = 0;
let cost: f64 = 0;

/** Annealing cycle in moves per unit, with a floor for small problems. */
const CYCLE_PER_UNIT: f64 = 1500;
const SHORTEST_CYCLE: f64 = 400_000;
/** Temperatures in typical move costs: a fresh construction, smooth or lumpy; a plan that is heated again; the end. */
const HOT_FRESH: f64 = 0.2;
const HOT_LUMPY: f64 = 3;
const HOT_AGAIN: f64 = 0.35;
/** Moves per border unit that a fresh plan's full heat takes to cool again, and the heat where there are but few. */
const MOVES_PER_BORDER_UNIT: f64 = 3000;
const HOT_SHORT: f64 = 1;
/** The same for a neighbourhood; and the first cycle of all, moves per unit, where neighbourhoods come after it. */
const NEIGHBOURHOOD_PER_BORDER_UNIT: f64 = 2000;
const HOT_NEIGHBOURHOOD: f64 = 1;
const HEAT_RANGE: f64 = 1.5;
/** Of so many neighbourhoods all but one are built anew before they are heated. */
const KEPT_EVERY: i32 = 4;
const BEFORE_NEIGHBOURHOODS_PER_UNIT: f64 = 300;
const COLD: f64 = 0.004;
/**
 * Moves per border unit in which the temperature falls by a factor of e at most, where territories are many: what cools
 * sooner freezes before the last of them is in balance.
 */
const MOVES_PER_FOLD: f64 = 280;
const HOT_RELAXED: f64 = 1;
const COLD_RELAXED: f64 = 0.02;
/** The same where every move costs whole edges: below a fifth of an edge nothing moves any more. */
const HOT_AGAIN_EDGES: f64 = 1.2;
const COLD_EDGES: f64 = 0.2;
/** Moves per unit that must be left for territories to fall apart and grow together again. */
const RELAXED_PER_UNIT: f64 = 200;
/** Share of a cycle that is relaxed where any is. */
const RELAXED_SHARE: f64 = 0.3;
/** Every this many reheats begin relaxed. */
const RELAXED_EVERY: i32 = 2;
/** Every this many cycles asks for new plans instead of reheating the best. */
const FRESH_EVERY: i32 = 5;
/** First trial of a contender in moves per unit: the usual and the least; and the share of what is left for all trials. */
const TRIAL_PER_UNIT: f64 = 200;
const SHORTEST_TRIAL: f64 = 50_000;
const LEAST_TRIAL_PER_UNIT: f64 = 40;
const SCREENING_SHARE: f64 = 0.25;

/** Before a run; one that is `resumed` builds nothing anew. */
export function resetAnnealingSearch(resumed: bool): void {
  cycle = 0;
  builds = !resumed;
}

/** Before a search for centres. */
export function forgetContenders(): void {
  thawAll();
  screening = false;
  relaxing = false;
  again = false;
  shaped = false;
  at = 0;
}

/** Which contender is to be settled. */
export function contenderAtHand(): i32 {
  return at;
}

/** Decides how many contenders are worth a trial and how long a trial is, with `left` moves to go. */
export function beginScreening(timeFraction: f64, left: f64): void {
  const budget = SCREENING_SHARE * left;
  let count = contenders;
  while (count > 1 && <f64>(count * roundsOf(count)) * LEAST_TRIAL_PER_UNIT * <f64>unitCount > budget) count--;
  keepContenders(count);
  screening = count > 1;
  round = 0;
  if (!screening) return;
  const trials = <f64>(count * roundsOf(count));
  trialMoves = min(max(TRIAL_PER_UNIT * <f64>unitCount, SHORTEST_TRIAL), budget / trials);
  trialTime = (SCREENING_SHARE * (1 - timeFraction)) / trials;
}

/** Rounds that leave one of `count` when each keeps the better half. */
function roundsOf(count: i32): i32 {
  return 32 - clz(count - 1);
}

/** What is under construction stands for all contenders, and must not be heated until its shape is lost. */
export function takeOneContender(): void {
  keepContenders(1);
  screening = false;
  shaped = true;
}

/** Goes on from an assignment that was just repaired after a construction or a relaxed cycle. */
export function takeRepaired(timeFraction: f64, left: f64): void {
  thawAll();
  beginTrail(relaxing, carriesExactly());
  resetBalancePressure();
  const relax = !relaxing && relaxes();
  if (screening) beginTrial(relax, timeFraction);
  else beginLongCycle(relax, !again && !shaped, timeFraction, left);
}

/** Goes on from the current assignment, a plan of another run, with `left` moves to go. */
export function takeResumed(left: f64): void {
  again = true;
  thawAll();
  beginTrail(false, false);
  beginLongCycle(false, false, 0, left);
}

/** Goes on from the best plan with a neighbourhood that was built anew and repaired, a challenger. */
export function takeRebuilt(timeFraction: f64, left: f64): void {
  beginTrail(false, carriesExactly());
  resetBalancePressure();
  beginNeighbourhood(timeFraction, left);
}

/** Whether costs are exact as they are carried, so that those of all trails compare. */
function carriesExactly(): bool {
  return !holdsCenters() && !weightsRaised;
}

/** Whether it may pay to let territories fall apart for a while. */
function relaxes(): bool {
  return contiguous && inertiaFactor != 0 && !shaped && !hasNeighbourhoods();
}

function beginTrial(relax: bool, timeFraction: f64): void {
  const scale = <f64>(1 << round);
  begin(relax, trialMoves * scale, timeFraction, trialTime * scale);
  heat(relax, false, Infinity);
}

function beginLongCycle(wantsRelaxed: bool, fresh: bool, timeFraction: f64, left: f64): void {
  const relax = wantsRelaxed && left >= RELAXED_PER_UNIT * <f64>unitCount;
  const perUnit = hasNeighbourhoods() ? BEFORE_NEIGHBOURHOODS_PER_UNIT : CYCLE_PER_UNIT;
  const usual = max(perUnit * <f64>unitCount, SHORTEST_CYCLE);
  const length = left < Infinity ? left / max(1, Math.round(left / usual)) : usual;
  const share: f64 = relax ? RELAXED_SHARE : 1;
  begin(relax, length * share, timeFraction, (1 - timeFraction) * share);
  heat(relax, fresh, length);
}

/** Heats what is thawed, for as long as its border needs to settle. */
function beginNeighbourhood(timeFraction: f64, left: f64): void {
  begin(false, left, timeFraction, 1 - timeFraction);
  shortenCycle(min(left, NEIGHBOURHOOD_PER_BORDER_UNIT * <f64>max(1, borderCount)));
  // where one heat finds nothing more, another may
  const heat = HOT_NEIGHBOURHOOD * Math.exp(HEAT_RANGE * (2 * unitInterval() - 1));
  setHeat(heat, inertiaFactor == 0 ? COLD_EDGES : COLD);
}

function begin(relax: bool, length: f64, timeFraction: f64, span: f64): void {
  relaxing = relax;
  beginCycle(relax, length, timeFraction, span);
}

/** Sets the heat of a cycle of `length` moves. A balanced diagram bears little where the moves are few. */
function heat(relax: bool, fresh: bool, length: f64): void {
  // without an inertia term a move costs whole edges
  const edges = inertiaFactor == 0;
  const full = lumpy || edges ? HOT_LUMPY : HOT_FRESH;
  const short = max(min(full, HOT_SHORT), full * min(1, length / (MOVES_PER_BORDER_UNIT * <f64>max(1, borderCount))));
  const first = fresh ? short : edges ? HOT_AGAIN_EDGES : HOT_AGAIN;
  if (relax) setHeat(HOT_RELAXED, COLD_RELAXED);
  else if (edges) setHeat(first, COLD_EDGES);
  else if (!hasNeighbourhoods()) setHeat(first, COLD);
  else setHeat(first, max(COLD, first * Math.exp(-length / (MOVES_PER_FOLD * <f64>max(1, borderCount)))));
}

/** Whether what the cycle began with is better left to recombination: a plan in one piece each, balance a puzzle. */
export function yieldsToRecombination(): bool {
  const yields = puzzling && inOnePieceEach();
  if (yields) relaxContiguity(false);
  return yields;
}

/** Whether the current assignment is, but for its balance, what recombination can begin with. */
function inOnePieceEach(): bool {
  recount();
  return fitsLumpySearch() && standingViolation(countComponents()) == 0;
}

/** One chunk of the cycle; returns the moves proposed, 0 when the cycle is over. */
export function annealSome(timeFraction: f64): i32 {
  return advanceCycle(timeFraction);
}

/** Makes the cycle's best plan the current assignment, and the run's best if it is. */
export function judgeCycle(): void {
  const standing = settleCycle();
  violation = fullImbalance() + standing;
  cost = exactCost();
  judgeTrail(violation, cost);
}

/** Ends a cycle and begins the next, with `left` moves to go; returns what that asks of the run. */
export function endAnnealingCycle(timeFraction: f64, left: f64): i32 {
  if (relaxing) return ASK_REPAIR;
  judgeCycle();
  if (screening) return endTrial(timeFraction, left);
  cycle++;
  if (builds && !hasNeighbourhoods() && cycle % FRESH_EVERY == 0) return ASK_CENTERS;
  return reheat(timeFraction, left);
}

/** Heats the best plan again: relaxed first, or else, where balance is a puzzle, so hot that a challenger comes of it. */
function reheat(timeFraction: f64, left: f64): i32 {
  again = true;
  restoreBest();
  if (bestViolation > 0 && inOnePieceEach()) return ASK_BALANCE;
  if (hasNeighbourhoods()) {
    thawNeighbourhood();
    if (!shaped && fitsRebuilding() && below(KEPT_EVERY) > 0) return ASK_REBUILDING;
    beginNeighbourhood(timeFraction, left);
    return ASK_NOTHING;
  }
  const relax = relaxes() && cycle % RELAXED_EVERY == 1;
  if (!relax && lumpy) beginTrail(true, false);
  beginLongCycle(relax, !relax && lumpy, timeFraction, left);
  return ASK_NOTHING;
}

function endTrial(timeFraction: f64, left: f64): i32 {
  keepPlan(at, rounded(violation), cost);
  if (++at == contenders) {
    rankContenders();
    keepContenders((contenders + 1) >> 1);
    round++;
    at = 0;
    if (contenders == 1) {
      screening = false;
      return reheat(timeFraction, left);
    }
  }
  if (round == 0) return ASK_SETTLING;
  recallPlan(at);
  beginTrail(false, carriesExactly());
  resetBalancePressure();
  beginTrial(false, timeFraction);
  return ASK_NOTHING;
}
