import { runTask } from '../child.mjs';
import { cell, decimal, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';
import { fieldsOf } from './solve-instances.mjs';

const EDITED = 1000;
/** A disk of 99,919 cells. */
const RINGS = 182;
const TERRITORIES = 100;
const ROUNDS = 25;
const WARM_UP = 3;

const FIGURES = [
  ['editMs', 'an edit with all figures'],
  ['undoMs', 'its undo'],
  ['rebalanceMs', 'the repair around it'],
];

export const SESSION = {
  name: 'session',
  title: 'How long edits take',
  async run({ quick, log }) {
    const input = {
      rings: RINGS,
      territories: TERRITORIES,
      edited: EDITED,
      rounds: quick ? 5 : ROUNDS,
      warmUp: WARM_UP,
    };
    const { lines, error } = await runTask('session', input, { limitMs: 5 * 60_000, log });
    return { problem: fieldsOf(lines, 'problem')[0] ?? null, rounds: fieldsOf(lines, 'round'), error };
  },
  measure({ rounds }) {
    return Object.fromEntries(FIGURES.map(([key]) => [key, { value: median(rounds.map((round) => round[key])) }]));
  },
  details({ problem, rounds, error }) {
    const rows = FIGURES.map(([key, name]) => {
      const times = rounds.map((round) => round[key]);
      return [name, `${decimal(median(times), 1)} ms`, `${decimal(Math.max(...times), 1)} ms`];
    });
    const balanced = rounds.filter((round) => round.balanced).length;
    return [
      `${cell(EDITED)} units around a place go to its territory: ${cell(problem?.units)} H3 cells with ${cell(problem?.accounts)} accounts, two measures, ${TERRITORIES} territories, one worker, ${rounds.length} rounds. ${balanced} repairs reach balance; in the median they change ${cell(median(rounds.map((round) => round.territories)))} territories.`,
      table(['', 'median', 'worst'], rows),
      ...(error ? [error] : []),
    ].join('\n\n');
  },
};
