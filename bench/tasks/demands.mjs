/**
 * Task: what demands cost, and what a limit on moves leaves possible.
 * Input: `{ h3, seeds, timeLimitMs, share }`. Prints one `rate` per seed: moves per second while plans are improved, with
 * and without demands; and one `moves`: the sample brought towards balance with at most that share of its accounts moved.
 */
import { createOptimizer, fewestAccountMoves } from '../../dist/node.js';
import { emit, taskInput } from '../child.mjs';
import { loadH3Problem } from '../instances/h3-problems.mjs';
import { loadSampleInput } from '../instances/sample-accounts.mjs';

/** Every so many units are pinned, or bound by a rule. */
const PINNED = 101;
const RULED = 17;

const { h3, seeds, timeLimitMs, share } = taskInput();
const optimizer = createOptimizer({ workers: 1 });
await optimizer.ready();
const input = loadH3Problem(h3);
const free = await optimizer.prepare(input);
const { plan } = await optimizer.optimize(free, { seed: 0, starts: 1, timeLimitMs, bound: false });
const bound = await optimizer.prepare({ ...input, ...demandsOf(plan) });
for (const seed of seeds) {
  // back to back, so that what else the machine does hits both
  const without = await movesPerSecond(free, seed);
  const bounded = await movesPerSecond(bound, seed);
  emit('rate', { seed, without: without.perSecond, with: bounded.perSecond, feasible: bounded.feasible });
}
const sample = await optimizer.prepare(loadSampleInput());
await optimizer.dispose();

const began = performance.now();
const { moved, reached, today, evaluation } = fewestAccountMoves(sample, { limit: { share } });
emit('moves', {
  accounts: sample.accountIds.length,
  moved,
  reached,
  today: today.balance[0].maxDeviation,
  after: evaluation.balance[0].maxDeviation,
  beyond: evaluation.balance[0].beyondBound,
  ms: performance.now() - began,
});

/** Pins and rules that the given plan meets, spread evenly over the map. */
function demandsOf({ ids, territories, assignment }) {
  const pins = [];
  const forbid = [];
  for (let u = 0; u < ids.length; u++) {
    const own = assignment[u];
    if (u % PINNED === 0) pins.push({ unit: ids[u], territory: territories[own] });
    else if (u % RULED === 0) {
      forbid.push({ units: [ids[u]], territories: [territories[(own + 1) % territories.length]] });
    }
  }
  return { territories: territories.map((id) => ({ id })), pins, forbid };
}

async function movesPerSecond(problem, seed) {
  let from = null;
  let to = null;
  const { evaluation } = await optimizer.optimize(problem, {
    seed,
    starts: 1,
    timeLimitMs,
    bound: false,
    progressIntervalMs: 20,
    onProgress({ phase, moves, elapsedMs }) {
      if (phase !== 'improve') return;
      from ??= { moves, elapsedMs };
      to = { moves, elapsedMs };
    },
  });
  const spent = from ? to.elapsedMs - from.elapsedMs : 0;
  return { perSecond: spent > 0 ? (1000 * (to.moves - from.moves)) / spent : null, feasible: evaluation.feasible };
}
