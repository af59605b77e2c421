/** Task: one JavaScript peer on one H3 problem. Input: `{ h3, tool, manifest }`. Prints one `peer`. */
import { createOptimizer } from '../../dist/node.js';
import { measurePlan } from '../check/measure-plan.mjs';
import { emit, taskInput } from '../child.mjs';
import { loadH3Problem } from '../instances/h3-problems.mjs';
import { SCRIPT_PEERS } from '../peers/script-peers.mjs';

const { h3, tool, manifest } = taskInput();
const optimizer = createOptimizer({ workers: 1 });
const problem = await optimizer.prepare(loadH3Problem(h3));
await optimizer.dispose();

const { wallMs, assignment } = await SCRIPT_PEERS[tool].run(problem, manifest);
const [found, k] = [new Set(assignment).size, problem.territories.length];
// A peer that chooses the number itself may choose another: then its territories cannot be compared.
if (Math.max(...new Set(assignment)) >= k)
  emit('peer', { tool, wallMs, error: `made ${found} territories instead of ${k}` });
else emit('peer', { tool, wallMs, measured: measurePlan(problem, assignment) });
