/**
 * Task: from a loaded problem in a warm worker to the first plan that is contiguous and within every bound, and gpmetis on
 * the same graph in the same process. Input: `{ h3, seeds, limitMs, metis }`. Prints `metis`, `first-call`, and one
 * `first-plan` per seed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOptimizer } from '../../dist/node.js';
import { measurePlan } from '../check/measure-plan.mjs';
import { emit, taskInput } from '../child.mjs';
import { loadH3Problem } from '../instances/h3-problems.mjs';
import { writeGraph } from '../peers/graph-file.mjs';
import { METIS_FAST, timeMetis } from '../peers/partitioners.mjs';

const WARM_UP_SEED = 1000;
const { h3, seeds, limitMs, metis } = taskInput();
const optimizer = createOptimizer({ workers: 1 });
await optimizer.ready();
const problem = await optimizer.prepare(loadH3Problem(h3));

if (metis) {
  const folder = mkdtempSync(join(tmpdir(), 'equiterra-metis-'));
  const graph = join(folder, 'graph');
  writeGraph(graph, problem, ['population']);
  const ms = await timeMetis(metis, graph, problem.territories.length, METIS_FAST.flags, seeds);
  rmSync(folder, { recursive: true, force: true });
  emit('metis', { ms });
}

// The first call on a problem also loads it into the kernel, and finds code that was never run.
emit('first-call', {
  units: problem.ids.length,
  territories: problem.territories.length,
  ...(await firstPlan(WARM_UP_SEED)),
});
for (const seed of seeds) emit('first-plan', { seed, ...(await firstPlan(seed)) });
await optimizer.dispose();

/** `ms` is when a report first told of such a plan, null when none did; the plan then is the one that the abort returns. */
async function firstPlan(seed) {
  const controller = new AbortController();
  const began = performance.now();
  let ms = null;
  const { plan, evaluation } = await optimizer.optimize(problem, {
    seed,
    timeLimitMs: limitMs,
    signal: controller.signal,
    onAbort: 'return-best',
    progressIntervalMs: 0,
    onProgress({ best }) {
      if (ms !== null || best?.violation !== 0) return;
      ms = performance.now() - began;
      controller.abort();
    },
  });
  const measured = measurePlan(problem, plan.assignment);
  return { ms, feasible: evaluation.feasible && measured.feasible, inertia: measured.inertia, cut: measured.cut };
}
