/**
 * Task: how long a cancel takes, from `abort()` to the settled promise, on a grid of 28,900 units with a plan at hand.
 * Input: `{ workers, rounds }`. Prints one `mode` for each of the two kinds of abort.
 */
import { createOptimizer } from '../../dist/node.js';
import { emit, taskInput } from '../child.mjs';

const SIDE = 170;
const TERRITORIES = 40;
/** The abort comes that much later after the first plan in each round. */
const DELAY_STEP_MS = 37;

const { workers, rounds } = taskInput();
const optimizer = createOptimizer({ workers });
const problem = await optimizer.prepare({ name: 'grid', ...grid(), territories: TERRITORIES });
for (const onAbort of ['reject', 'return-best']) {
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await cancel(onAbort, DELAY_STEP_MS * (round + 1)));
  emit('mode', { onAbort, times });
}
await optimizer.dispose();

function grid() {
  const units = [];
  const edges = [];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const u = y * SIDE + x;
      units.push({ id: `x${x}y${y}`, x, y, activity: { hours: 1 + ((x * 7 + y * 13) % 5) } });
      if (x + 1 < SIDE) edges.push([u, u + 1]);
      if (y + 1 < SIDE) edges.push([u, u + SIDE]);
    }
  }
  return { units, edges };
}

/** Milliseconds from the abort to the settled call. */
async function cancel(onAbort, delayMs) {
  const controller = new AbortController();
  let aborted = 0;
  let armed = false;
  const onProgress = ({ best }) => {
    if (!best || armed) return;
    armed = true;
    setTimeout(() => {
      aborted = performance.now();
      controller.abort();
    }, delayMs);
  };
  const call = optimizer.optimize(problem, { signal: controller.signal, onAbort, onProgress, progressIntervalMs: 20 });
  await call.catch((error) => {
    if (error !== controller.signal.reason) throw error;
  });
  return performance.now() - aborted;
}
