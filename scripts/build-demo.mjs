import { run } from './run.mjs';

/** The built package, the prepared sample and the demo that uses both. */
export async function buildDemo() {
  await run('node', 'scripts/build.mjs');
  await run('node', 'scripts/prepare-sample.mjs');
  await run('vite', 'build', '--logLevel', 'warn');
}
