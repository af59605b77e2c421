/** The demo's sample as a problem input: its accounts with today's reps, over the cells that they lie in. */
import { buildSample } from '../../scripts/prepare-sample.mjs';

const DEGREE_SCALE = 1e5;
const RESOLUTION = 5;

/** @returns a problem input: hours within ±10 %, today's 40 reps. `docs/sample.md` tells what is real in it. */
export function loadSampleInput() {
  const { places, made } = buildSample();
  return {
    name: 'US places',
    accounts: {
      lat: fromDeltas(places.lat).map((value) => value / DEGREE_SCALE),
      lng: fromDeltas(places.lng).map((value) => value / DEGREE_SCALE),
      activity: { hours: made.hoursTenths.map((tenths) => tenths / 10) },
      territory: made.rep.map((rep) => made.reps[rep]),
    },
    resolution: RESOLUTION,
    ground: 'bridge',
    territories: made.reps.map((id) => ({ id })),
    balance: { hours: { tolerance: 0.1 } },
    objective: { weight: 'hours' },
  };
}

function fromDeltas(deltas) {
  let sum = 0;
  return deltas.map((delta) => {
    sum += delta;
    return sum;
  });
}
