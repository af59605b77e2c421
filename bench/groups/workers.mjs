import { runTask } from '../child.mjs';
import { decimal, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';
import { fieldsOf } from './solve-instances.mjs';

const NAMES = ['colorado-res6-k10', 'us-res5-k50'];
const STARTS = 8;
const MOVES = 300_000;
const ROUNDS = 5;

export const WORKERS = {
  name: 'workers',
  title: 'Starts per minute of two workers against one',
  async run({ quick, log }) {
    const instances = [];
    for (const name of NAMES) {
      const rates = {};
      for (const workers of [1, 2]) {
        const moveLimit = quick ? MOVES / 10 : MOVES;
        const input = { h3: name, workers, starts: STARTS, moveLimit, rounds: ROUNDS };
        const { lines, error } = await runTask('workers', input, { limitMs: 10 * 60_000, log });
        if (error) log(error);
        rates[workers] = fieldsOf(lines, 'round').map(({ ms }) => (60_000 * STARTS) / ms);
      }
      instances.push({ name, rates });
      log(`${name}: ${decimal(speedup({ rates }))} times`);
    }
    return { instances };
  },
  /** The worst instance. */
  measure({ instances }) {
    const speedups = instances.map(speedup);
    return { speedup: { value: speedups.includes(null) ? null : Math.min(...speedups), note: `median of ${ROUNDS}` } };
  },
  details({ instances }) {
    const rows = instances.map((instance) => [
      instance.name,
      decimal(median(instance.rates[1]), 1),
      decimal(median(instance.rates[2]), 1),
      decimal(speedup(instance)),
    ]);
    const head = ['instance', 'one worker', 'two workers', 'ratio'];
    return `Starts per minute, ${STARTS} starts a call, medians of ${ROUNDS} calls.\n\n${table(head, rows)}`;
  },
};

function speedup({ rates }) {
  return rates[1].length === 0 || rates[2].length === 0 ? null : median(rates[2]) / median(rates[1]);
}
