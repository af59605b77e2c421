/**
 * Task: prepares one instance in a warm worker and solves it run after run, as a user of the package would.
 * Input: `{ source, runs: [{ seed, timeLimitMs }], checker }`. Prints `prepared`, then one `run` each.
 */
import { createOptimizer } from '../../dist/node.js';
import { checkElsewhere } from '../check/external.mjs';
import { measurePlan } from '../check/measure-plan.mjs';
import { emit, taskInput } from '../child.mjs';
import { publishedBound } from '../instances/dual-bound.mjs';
import { loadInstance } from '../instances/load.mjs';
import { readMultipliers } from '../instances/published.mjs';
import { scorePlan } from '../instances/score.mjs';
import { watchMemory } from '../memory.mjs';
import { createTrace } from '../trace.mjs';

const { source, runs, checker } = taskInput();
const { input, instance } = loadInstance(source);
const optimizer = createOptimizer({ workers: 1 });
await optimizer.ready();
const began = performance.now();
const problem = await optimizer.prepare(input);
const multipliers = instance && readMultipliers(source.folder, source.published);
emit('prepared', {
  name: problem.name,
  units: problem.ids.length,
  edges: problem.neighbors.length / 2,
  territories: problem.territories.length,
  prepareMs: performance.now() - began,
  bestKnown: instance?.bestKnown.value ?? null,
  scale: instance?.scale ?? 1,
  published: instance?.published ?? null,
  publishedBound: multipliers && publishedBound(instance, multipliers),
});

let checks = checker;
for (const { seed, timeLimitMs } of runs) {
  const trace = createTrace();
  const memory = watchMemory();
  const from = performance.now();
  const result = await optimizer.optimize(problem, {
    seed,
    timeLimitMs,
    progressIntervalMs: 20,
    onProgress: trace.add,
  });
  const wallMs = performance.now() - from;
  const { assignment } = result.plan;
  const scored = instance && scorePlan(instance, assignment);
  const measured = measurePlan(problem, assignment);
  emit('run', {
    seed,
    timeLimitMs,
    wallMs,
    // A proof comes after the plan and has a time of its own.
    planMs: result.stats.elapsedMs,
    boundMs: result.stats.boundMs ?? null,
    rssMB: memory.stop(),
    status: result.status,
    moves: result.stats.moves,
    cost: result.evaluation.cost.total,
    violation: result.evaluation.violation,
    // Beyond doubt only when the library, the bench and, for a published instance, its paper agree.
    feasible: result.evaluation.feasible && measured.feasible && (scored?.feasible ?? true),
    claimed: result.evaluation.feasible,
    measured,
    scored,
    bound: result.bound,
    boundKind: result.boundKind,
    trace: trace.points(),
  });
  if (checks) emit('checked', { seed, ...(await checkElsewhere(checks, input, problem, result.plan)) });
  checks = null;
}
emit('memory', { peakRssMB: process.resourceUsage().maxRSS / 1024 });
await optimizer.dispose();
