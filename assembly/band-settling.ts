// Lets centres and prices of one contender settle in turns once more, with loads free within their bands: what a band
// saves is a good part of what plans differ by, and a piece of land as heavy as the band's slack changes sides at once
// here, where an annealed border would have to carry it over unit by unit.

import { useBands } from './band-targets';
import { exchangeCenters } from './center-labels';
import { recallCenters } from './contenders';
import { beginWriting, passMoment, passSome, setResolution } from './diagram-pass';
import { keepCentersInside, moveCenters } from './power-diagram';
import { beginSettling, settleSome } from './prices';
import { unitCount } from './problem';
import { goToSites } from './sites';

let round: i32 = 0;
let roundLimit: i32 = 0;
/** Whether prices have settled and the assignment is being written. */
let writing: bool = false;

/** Rounds at most, and the units that all their passes may look at. */
const ROUNDS: f64 = 10;
const LOOKS: f64 = 6e7;
const ROUGH_PASSES: i32 = 6;
const ROUGH: f64 = 0.02;
const FINE_PASSES: i32 = 24;
const FINE: f64 = 0.001;
const ROUGH_SOFTNESS: f64 = 1.5;
const FINE_SOFTNESS: f64 = 0.4;
/** Centres that move less than this, relative to their neighbours, have settled. */
const SETTLED: f64 = 0.003;

/** Begins with the contender at `i`. */
export function beginBandSettling(i: i32): void {
  recallCenters(i);
  exchangeCenters();
  goToSites();
  useBands(true);
  round = 0;
  writing = false;
  roundLimit = <i32>min(ROUNDS, LOOKS / (<f64>ROUGH_PASSES * <f64>unitCount));
  settleRoughly();
}

function settleRoughly(): void {
  setResolution(ROUGH_SOFTNESS, 0, 0);
  beginSettling(ROUGH_PASSES, ROUGH);
}

/** Works on it; returns the effort left, more than 0 once centres, prices and their assignment are current. */
export function settleBandsSome(effort: i32): i32 {
  while (effort > 0) {
    if (writing) return passSome(effort);
    effort = settleSome(effort);
    if (effort <= 0) return 0;
    if (round == roundLimit) {
      writing = true;
      useBands(false);
      beginWriting();
      continue;
    }
    round++;
    if (moveCenters(passMoment, 1) < SETTLED) round = roundLimit;
    keepCentersInside();
    if (round == roundLimit) {
      setResolution(FINE_SOFTNESS, 0, 0);
      beginSettling(FINE_PASSES, FINE);
    } else settleRoughly();
  }
  return 0;
}

/** Ends it with the centres and prices as they are. */
export function cutBandSettlingShort(): void {
  useBands(false);
  beginWriting();
  while (passSome(i32.MAX_VALUE) == 0) {}
}
