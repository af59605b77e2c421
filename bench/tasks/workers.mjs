/**
 * Task: time of a fixed number of starts, a proof after them left out. Input: `{ h3, workers, starts, moveLimit, rounds }`. Prints
 * one `round` each.
 */
import { createOptimizer } from '../../dist/node.js';
import { emit, taskInput } from '../child.mjs';
import { loadH3Problem } from '../instances/h3-problems.mjs';

const { h3, workers, starts, moveLimit, rounds } = taskInput();
const optimizer = createOptimizer({ workers });
await optimizer.ready();
const problem = await optimizer.prepare(loadH3Problem(h3));
// Every worker holds the problem and has run its code once before the clock counts.
await optimizer.optimize(problem, { starts: 2 * workers, moveLimit: moveLimit / 10 });
for (let round = 0; round < rounds; round++) {
  const { stats } = await optimizer.optimize(problem, { seed: round, starts, moveLimit });
  emit('round', { ms: stats.elapsedMs });
}
await optimizer.dispose();
