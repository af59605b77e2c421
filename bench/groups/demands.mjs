import { runTask } from '../child.mjs';
import { cell, percent, ratio, seconds, signed, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';
import { fieldsOf } from './solve-instances.mjs';

const INSTANCE = 'us-res5-k50';
const TIME_LIMIT_MS = 5000;
const SHARE = 0.05;

export const DEMANDS = {
  name: 'demands',
  title: 'What demands cost, and what a limit on moves leaves possible',
  async run({ seeds, timeScale, log }) {
    const timeLimitMs = Math.max(500, TIME_LIMIT_MS * timeScale);
    const input = { h3: INSTANCE, seeds, timeLimitMs, share: SHARE };
    const limitMs = 180_000 + 6 * seeds.length * timeLimitMs;
    const { lines, error } = await runTask('demands', input, { limitMs, log });
    return { rates: fieldsOf(lines, 'rate'), moves: fieldsOf(lines, 'moves')[0] ?? null, error };
  },
  measure({ rates = [], moves = null }) {
    const ratios = rates.map((rate) => ratio(rate.with, rate.without));
    const known = ratios.length > 0 && !ratios.includes(null);
    return {
      rate: { value: known ? median(ratios) : null, note: INSTANCE },
      moves: {
        value: moves && Math.abs(moves.after),
        note: moves ? `${moves.moved} of ${moves.accounts} accounts` : '',
      },
    };
  },
  details({ rates = [], moves = null, error }) {
    const rows = rates.map((rate) => [
      rate.seed,
      cell(rate.without && Math.round(rate.without)),
      cell(rate.with && Math.round(rate.with)),
      percent(ratio(rate.with, rate.without), 1),
      rate.feasible ? 'yes' : 'no',
    ]);
    return [
      `Moves per second on ${INSTANCE} while plans are improved, one thread, without demands and with 1 % of the units pinned and 6 % closed to a neighbouring territory.`,
      table(['seed', 'without', 'with', 'ratio', 'feasible'], rows),
      ...(moves
        ? [
            `The demo's sample, ${cell(moves.accounts)} accounts of 40 reps: at most ${percent(SHARE, 0)} may move. Worst deviation of hours ${signed(moves.today)} today, ${signed(moves.after)} after ${cell(moves.moved)} moves (${moves.reached ? 'within' : `${percent(moves.beyond, 1)} beyond`} ±10 %), found in ${seconds(moves.ms)}.`,
          ]
        : []),
      ...(error ? [error] : []),
    ].join('\n\n');
  },
};
