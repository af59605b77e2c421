/**
 * Task: METIS and KaHIP on one H3 problem. Input: `{ h3, setups: [{ tool, flags, measures }], metis, kahip }`. Prints one
 * `peer` each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOptimizer } from '../../dist/node.js';
import { measurePlan } from '../check/measure-plan.mjs';
import { emit, taskInput } from '../child.mjs';
import { loadH3Problem } from '../instances/h3-problems.mjs';
import { writeGraph } from '../peers/graph-file.mjs';
import { runKahip, runMetis } from '../peers/partitioners.mjs';

const SEED = 1;
const { h3, setups, metis, kahip } = taskInput();
const optimizer = createOptimizer({ workers: 1 });
const problem = await optimizer.prepare(loadH3Problem(h3));
await optimizer.dispose();

const folder = mkdtempSync(join(tmpdir(), 'equiterra-peers-'));
const graphs = new Map();
for (const { tool, flags, measures = ['population'] } of setups) {
  const key = measures.join('-');
  if (!graphs.has(key)) {
    graphs.set(key, join(folder, `${key}.graph`));
    writeGraph(graphs.get(key), problem, measures);
  }
  const k = problem.territories.length;
  const native = tool.startsWith('kahip') ? { run: runKahip, program: kahip } : { run: runMetis, program: metis };
  try {
    const { wallMs, assignment } = await native.run(native.program, graphs.get(key), k, flags, SEED);
    emit('peer', { tool, wallMs, measured: measurePlan(problem, assignment) });
  } catch (error) {
    emit('peer', { tool, error: error.message });
  }
}
rmSync(folder, { recursive: true, force: true });
