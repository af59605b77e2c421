/**
 * How long a cancel takes: from `abort()` to the settled promise, on a grid of 28,900 units with a plan at hand.
 * `npm run bench` builds the package first. Prints the machine, the median and the worst of every mode.
 */
import { cpus } from 'node:os';
import { createOptimizer } from '../dist/node.js';

const SIDE = 170;
const ROUNDS = 15;
const WORKERS = 2;
const TARGET_MS = 50;

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

const optimizer = createOptimizer({ workers: WORKERS });
const problem = await optimizer.prepare({ name: 'grid', units, edges, territories: 40 });

/** Milliseconds from abort to the settled call; the abort comes `delayMs` after the first plan. */
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

console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${WORKERS} workers, ${ROUNDS} rounds`,
);
for (const onAbort of ['reject', 'return-best']) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await cancel(onAbort, 37 * (round + 1)));
  times.sort((a, b) => a - b);
  const [median, worst] = [times[ROUNDS >> 1], times.at(-1)];
  console.log(`${onAbort}: median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms (bar ${TARGET_MS} ms)`);
}
await optimizer.dispose();
