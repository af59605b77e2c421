/** `npm test`: everything, with whatever it needs built first. Arguments go to vitest. */
import { buildDemo } from './build-demo.mjs';
import { ensureBrowser } from './ensure-browser.mjs';
import { run } from './run.mjs';

try {
  ensureBrowser();
  await buildDemo();
  await run('vitest', 'run', ...process.argv.slice(2));
} catch (error) {
  // vitest has told its failures already; anything else failed before a test could run.
  if (error.exitCode === undefined || !error.message.startsWith('vitest'))
    console.error(`${error.message}\n\n0 passed, 1 failed`);
  process.exitCode = 1;
}
