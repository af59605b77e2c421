// Lets all centres and prices settle together, where regions are to be searched one by one after it. A round over the
// whole map costs as much as a few regions do, and only it carries far what is crowded on one side of the map. Centres go
// beyond their centroids (over-relaxed Lloyd: Xiao 2010): what a territory's inertia about its centre c exceeds that about
// its centroid m, W |m − c|², falls for any stride below 2, and a long one takes fewer rounds to settle.

import { passMoment, setResolution } from './diagram-pass';
import { keepCentersInside, moveCenters } from './power-diagram';
import { beginSettling, dualValue } from './prices';

/** How far centres go, relative to the way to the centroid. */
export const STRIDE: f64 = 1.8;
const PASSES: i32 = 6;
const CLOSE: f64 = 0.02;
const SOFTNESS: f64 = 1.5;
/** Rounds without a dual value lower by this share end it. */
const PATIENCE: i32 = 5;
const WORTHWHILE: f64 = 3e-4;

let grain: f64 = 0;
let leastDual: f64 = Infinity;
let since: i32 = 0;

/** Begins from centres whose prices have just settled; nodes of mass `coarsest` count as units. */
export function beginJointSettling(coarsest: f64): void {
  grain = coarsest;
  leastDual = dualValue;
  since = 0;
  beginRound();
}

function beginRound(): void {
  moveCenters(passMoment, STRIDE);
  keepCentersInside();
  setResolution(SOFTNESS, 0, grain);
  beginSettling(PASSES, CLOSE);
}

/** Ends a round, whose prices have just settled, and begins the next; returns false where none is worth while. */
export function settleOnJointly(): bool {
  if (dualValue < leastDual - WORTHWHILE * Math.abs(leastDual)) {
    leastDual = dualValue;
    since = 0;
  } else if (++since == PATIENCE) return false;
  beginRound();
  return true;
}
