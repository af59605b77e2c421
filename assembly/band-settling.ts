// Lets centres and prices of one contender settle in turns once more, with loads free within their bands: what a band
// saves is a good part of what plans differ by, and a piece of land as heavy as the band's slack changes sides at once
// here, where an annealed border would have to carry it over unit by unit.

import { useBands } from './band-targets';
import { recallCenters } from './contenders';
import { assignAll, moveCenters } from './power-diagram';
import { beginSettling, settleSome } from './prices';
import { territoryCount, unitCount } from './problem';

let round: i32 = 0;
let roundLimit: i32 = 0;

/** Rounds at most, and the distance evaluations that they may spend. */
const ROUNDS: f64 = 10;
const EVALUATIONS: f64 = 2e8;
const ROUGH_PASSES: i32 = 6;
const ROUGH: f64 = 0.02;
const FINE_PASSES: i32 = 24;
const FINE: f64 = 0.001;
const ROUGH_SOFTNESS: f64 = 0.5;
const FINE_SOFTNESS: f64 = 0.1;
/** Centres that move less than this, relative to their neighbours, have settled. */
const SETTLED: f64 = 0.003;

/** Begins with the contender at `i`. */
export function beginBandSettling(i: i32): void {
  recallCenters(i);
  useBands(true);
  round = 0;
  const perRound = <f64>ROUGH_PASSES * <f64>unitCount * (<f64>min(territoryCount, 20) + 16);
  roundLimit = <i32>min(ROUNDS, EVALUATIONS / perRound);
  beginSettling(ROUGH_PASSES, ROUGH, ROUGH_SOFTNESS);
}

/** Works on it; returns the effort left, more than 0 once centres, prices and their assignment are current. */
export function settleBandsSome(effort: i32): i32 {
  while (effort > 0) {
    effort = settleSome(effort);
    if (effort <= 0) return 0;
    if (round == roundLimit) {
      cutBandSettlingShort();
      return effort;
    }
    round++;
    if (moveCenters() < SETTLED) round = roundLimit;
    if (round == roundLimit) beginSettling(FINE_PASSES, FINE, FINE_SOFTNESS);
    else beginSettling(ROUGH_PASSES, ROUGH, ROUGH_SOFTNESS);
  }
  return 0;
}

/** Ends it with the centres and prices as they are. */
export function cutBandSettlingShort(): void {
  useBands(false);
  assignAll();
}
