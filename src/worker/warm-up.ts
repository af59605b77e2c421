/**
 * Lets the engine compile the evaluation before the first plan needs it: judging a plan takes several times as long
 * in code that never ran, and a search that is stopped should hand out its plan at once.
 */
import { evaluate } from '../metrics/evaluate.js';
import { createPlan } from '../plan/plan.js';
import { prepareProblem } from '../problem/prepare.js';

/** A grid of this many units a side, evaluated this many times: a few milliseconds each. */
const SIDE = 24;
const TERRITORIES = 4;
const ROUNDS = 12;

/** `pause` resolves after the messages that wait have been read: the warm-up keeps no task waiting. */
export async function warmUp(pause: () => Promise<void>): Promise<void> {
  await pause();
  const units = [];
  const edges: [number, number][] = [];
  for (let u = 0; u < SIDE * SIDE; u++) {
    const x = u % SIDE;
    units.push({ id: `u${u}`, x, y: (u - x) / SIDE, activity: { a: 1 } });
    if (x > 0) edges.push([u - 1, u]);
    if (u >= SIDE) edges.push([u - SIDE, u]);
  }
  const problem = prepareProblem({ units, edges, territories: TERRITORIES });
  const assignment = Int32Array.from(units, (_, u) => Math.floor((u * TERRITORIES) / units.length));
  const plan = createPlan(problem, assignment);
  for (let round = 0; round < ROUNDS; round++) {
    await pause();
    evaluate(problem, plan);
  }
}
