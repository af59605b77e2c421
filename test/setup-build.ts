import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileKernel } from '../scripts/compile-kernel.mjs';
import { ROOT, run } from '../scripts/run.mjs';

/** The tests read both kernels from `build/` and the package from `dist/`. `npm test` builds the package anew. */
export default async function setup(): Promise<void> {
  if (!existsSync(join(ROOT, 'dist'))) await run('node', 'scripts/build.mjs');
  await Promise.all([compileKernel('release'), compileKernel('debug')]);
}
