/**
 * Task: how long an edit, its undo and the repair around it take on the page, on a disk of H3 cells with an account each.
 * Input: `{ rings, territories, edited, rounds, warmUp }`. Prints `problem`, then one `round` for each edit.
 */
import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js';
import { createOptimizer, createSession } from '../../dist/node.js';
import { emit, taskInput } from '../child.mjs';

const RESOLUTION = 6;
const PLAN_MOVES = 2_000_000;
/** Steps from one place of an edit to the next: far apart, and never the same. */
const STRIDE = 0.618034;

const { rings, territories, edited, rounds, warmUp } = taskInput();
const optimizer = createOptimizer({ workers: 1 });
const problem = await optimizer.prepare({ accounts: accountsOf(rings), resolution: RESOLUTION, territories });
const { plan, evaluation } = await optimizer.optimize(problem, { moveLimit: PLAN_MOVES, starts: 1, bound: false });
const session = createSession(problem, plan);
emit('problem', {
  units: problem.ids.length,
  accounts: problem.accountIds.length,
  territories,
  violation: evaluation.violation,
});
for (let round = 0; round < warmUp + rounds; round++) {
  const result = await edit(Math.floor(((round * STRIDE) % 1) * problem.ids.length));
  if (round >= warmUp) emit('round', result);
}
await optimizer.dispose();

/** Accounts with uneven hours, one a cell, each with a rep of today. */
function accountsOf(rings) {
  return gridDisk(latLngToCell(39.5, -98, RESOLUTION), rings).map((cell, a) => {
    const [lat, lng] = cellToLatLng(cell);
    return { lat, lng, activity: { hours: 1 + (a % 5), value: 1 + ((a * 7) % 11) }, territory: `T${1 + (a % 40)}` };
  });
}

/** Gives the units around a place to the territory of that place, takes it back, makes it again, and has it repaired. */
async function edit(place) {
  const { assignment } = session.plan;
  const units = unitsAround(place);
  const territory = problem.territories[assignment[place]].id;
  const [changed, editMs] = timed(() => session.assign(units, territory));
  const [, undoMs] = timed(() => session.undo());
  session.redo();
  const began = performance.now();
  const { balanced, territories } = await session.rebalance(optimizer);
  const rebalanceMs = performance.now() - began;
  while (session.undo());
  return { editMs, undoMs, rebalanceMs, changed: changed.units, balanced, territories: territories.length };
}

/** Some units around a place, by steps, as a lasso would take them. */
function unitsAround(place) {
  const { offsets, neighbors } = problem;
  const reached = new Set([place]);
  for (const u of reached) {
    for (let e = offsets[u]; e < offsets[u + 1] && reached.size < edited; e++) reached.add(neighbors[e]);
    if (reached.size >= edited) break;
  }
  return Int32Array.from(reached);
}

function timed(work) {
  const began = performance.now();
  const value = work();
  return [value, performance.now() - began];
}
