/**
 * Task: moves per second of the kernel, and of annealed shifts in plain JavaScript that start from the kernel's plan.
 * Input: `{ h3, seeds, timeLimitMs }`. Prints `kernel` and `plain`, one each per seed.
 */
import { createOptimizer } from '../../dist/node.js';
import { emit, taskInput } from '../child.mjs';
import { loadH3Problem } from '../instances/h3-problems.mjs';
import { createPlainAnneal } from '../plain/anneal.mjs';

/** Temperatures relative to the middle change of a proposal: as hot, and as cold, as annealing here is any use. */
const [HOT, COLD] = [1e-2, 1e-5];
/** Times the cost: a load one per cent beyond its bound is worse than anything that inertia could gain. */
const PRICE = 1000;
const BATCH = 20_000;

const { h3, seeds, timeLimitMs } = taskInput();
const optimizer = createOptimizer({ workers: 1 });
await optimizer.ready();
const problem = await optimizer.prepare(loadH3Problem(h3));
let result = await optimizer.optimize(problem, { seed: 0, starts: 1, timeLimitMs });
for (const seed of seeds) {
  const phase = { from: null, to: null };
  result = await optimizer.optimize(problem, {
    seed,
    starts: 1,
    timeLimitMs,
    progressIntervalMs: 20,
    onProgress({ phase: name, moves, elapsedMs }) {
      if (name !== 'improve') return;
      phase.from ??= { moves, elapsedMs };
      phase.to = { moves, elapsedMs };
    },
  });
  const { from, to } = phase;
  const perSecond =
    from && to.elapsedMs > from.elapsedMs ? (1000 * (to.moves - from.moves)) / (to.elapsedMs - from.elapsedMs) : null;
  emit('kernel', { seed, perSecond, cost: result.evaluation.cost.total });
}
await optimizer.dispose();

for (const seed of seeds) {
  const anneal = createPlainAnneal(problem, result.plan.assignment, {
    seed,
    price: PRICE * result.evaluation.cost.total,
  });
  const scale = anneal.scale(10_000);
  const began = performance.now();
  let [moves, accepted, elapsed] = [0, 0, 0];
  while (elapsed < timeLimitMs) {
    accepted += anneal.step(BATCH, scale * HOT * (COLD / HOT) ** (elapsed / timeLimitMs));
    moves += BATCH;
    elapsed = performance.now() - began;
  }
  emit('plain', { seed, perSecond: (1000 * moves) / elapsed, accepted: accepted / moves, cost: anneal.cost });
}
