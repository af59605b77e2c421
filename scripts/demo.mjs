/** `npm run demo`: builds the demo, serves it and prints its address. */
import { preview } from 'vite';
import { buildDemo } from './build-demo.mjs';
import { ROOT } from './run.mjs';

process.chdir(ROOT);
await buildDemo();
const server = await preview({ preview: { host: 'localhost', port: 4173 }, logLevel: 'warn' });
console.log(`\nThe demo is at ${server.resolvedUrls.local[0]} (Ctrl-C ends it)`);
