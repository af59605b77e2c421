/** `npm run solve`: the command line of the built package, which is built when it is missing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';

const SOLVE = join(ROOT, 'dist/cli/solve.js');

if (!existsSync(SOLVE)) await run('node', 'scripts/build.mjs');
await import(SOLVE);
