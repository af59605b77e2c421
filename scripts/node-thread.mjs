import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleThread } from './bundle.mjs';
import { compileKernel } from './compile-kernel.mjs';
import { writeAtomic } from './write-atomic.mjs';

const THREAD = fileURLToPath(new URL('../build/node-worker.js', import.meta.url));

/**
 * Vite plugin for tests that run `src/node` from source: a thread loads plain JavaScript only, so the thread is
 * bundled when the first test asks for its address.
 */
export function nodeThread() {
  let built = null;
  return {
    name: 'node-thread',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('/src/node/thread-url.ts')) return null;
      built ??= build();
      await built;
      return `export const THREAD_URL = new URL(${JSON.stringify(pathToFileURL(THREAD).href)});`;
    },
  };
}

async function build() {
  await compileKernel('release');
  writeAtomic(THREAD, await bundleThread());
}
