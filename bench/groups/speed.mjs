import { runTask } from '../child.mjs';
import { cell, decimal, percent, ratio, scientific, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';
import { fieldsOf } from './solve-instances.mjs';

const NAMES = ['colorado-res6-k10', 'us-res5-k50', 'us-res6-k200'];
const TIME_LIMIT_MS = 3000;

export const SPEED = {
  name: 'speed',
  title: 'Moves per second, WebAssembly and plain JavaScript',
  async run({ seeds, timeScale, log }) {
    const instances = [];
    for (const name of NAMES) {
      const timeLimitMs = Math.max(500, TIME_LIMIT_MS * timeScale);
      const input = { h3: name, seeds, timeLimitMs };
      const limitMs = 120_000 + 4 * (seeds.length + 1) * timeLimitMs;
      const { lines, error } = await runTask('speed', input, { limitMs, log });
      const instance = { name, kernel: fieldsOf(lines, 'kernel'), plain: fieldsOf(lines, 'plain'), error };
      instances.push(instance);
      log(
        `${name}: ${cell(rate(instance.kernel))} and ${cell(rate(instance.plain))} a second${error ? `, ${error}` : ''}`,
      );
    }
    return { instances };
  },
  measure: () => ({}),
  details({ instances }) {
    const rows = instances.map(({ name, kernel, plain, error }) => [
      name,
      cell(rate(kernel)),
      cell(rate(plain)),
      decimal(ratio(rate(kernel), rate(plain))),
      percent(median(plain.map(({ accepted }) => accepted)), 1),
      scientific(median(kernel.map(({ cost }) => cost))),
      scientific(median(plain.map(({ cost }) => cost))),
      error,
    ]);
    const head = ['instance', 'kernel', 'plain', 'ratio', 'accepted there', 'cost, kernel', 'cost, plain', 'error'];
    return `Proposals per second while plans are improved, one thread. The plain annealing of \`bench/plain\` knows shifts only and starts from the kernel's plan; the kernel also swaps, searches centres and adapts prices, and counts all of that as moves.\n\n${table(head, rows)}`;
  },
};

function rate(runs) {
  const known = runs.map(({ perSecond }) => perSecond).filter((value) => value !== null);
  return known.length === 0 ? null : Math.round(median(known));
}
