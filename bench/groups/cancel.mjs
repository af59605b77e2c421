import { runTask } from '../child.mjs';
import { decimal, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';
import { fieldsOf } from './solve-instances.mjs';

const WORKERS = 2;
const ROUNDS = 15;

export const CANCEL = {
  name: 'cancel',
  title: 'How long a cancel takes',
  async run({ log }) {
    const { lines, error } = await runTask(
      'cancel',
      { workers: WORKERS, rounds: ROUNDS },
      { limitMs: 5 * 60_000, log },
    );
    return { modes: fieldsOf(lines, 'mode'), error };
  },
  measure({ modes }) {
    const worst = modes.map(({ times }) => Math.max(...times));
    return { worst: { value: modes.length === 0 ? null : Math.max(...worst), note: `${WORKERS} workers` } };
  },
  details({ modes, error }) {
    const rows = modes.map(({ onAbort, times }) => [
      `\`${onAbort}\``,
      `${decimal(median(times), 1)} ms`,
      `${decimal(Math.max(...times), 1)} ms`,
    ]);
    return [
      `From \`abort()\` to the settled promise on a grid of 28,900 units with a plan at hand, ${ROUNDS} rounds.`,
      table(['`onAbort`', 'median', 'worst'], rows),
      ...(error ? [error] : []),
    ].join('\n\n');
  },
};
