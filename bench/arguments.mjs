import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const SEEDS = 3;
/** A quick run's share of every time limit. */
const QUICK_SCALE = 0.1;

export const USAGE = `npm run bench [-- options]

  --instances DIR   folder with published/: adds the published instances
  --only A,B        only these groups; the rest of an earlier report is kept
  --seeds N         runs per figure, whose median counts (default ${SEEDS})
  --quick           one seed, a tenth of the time, no million cells: a rehearsal, written aside
  --out DIR         where report.json and report.md go (default bench/results)
  --list            the groups, and nothing else`;

/** @param {readonly string[]} argv */
export function readArguments(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      instances: { type: 'string' },
      only: { type: 'string' },
      seeds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, list, help } = values;
  const count = Number(values.seeds ?? (quick ? 1 : SEEDS));
  if (!Number.isInteger(count) || count < 1 || count > 99) throw new Error('--seeds must be an integer from 1 to 99');
  return {
    instances: values.instances === undefined ? null : resolve(values.instances),
    only: values.only === undefined ? null : values.only.split(','),
    seeds: Array.from({ length: count }, (_, i) => i + 1),
    quick,
    timeScale: quick ? QUICK_SCALE : 1,
    out: values.out === undefined ? null : resolve(values.out),
    list,
    help,
  };
}
