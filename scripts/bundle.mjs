/** The bundles of the package. */
import { basename, dirname } from 'node:path';
import { rolldown } from 'rolldown';
import { virtualKernel } from './virtual-kernel.mjs';

/** Stays outside of page code: the application's bundler brings it. */
const PAGE_EXTERNAL = [/^comlink(\/|$)/, /^h3-js$/, /^papaparse$/, /^@deck\.gl\//];
const NODE_BUILTINS = /^node:/;

/** The browser's worker: one file with everything inside, because workers see no import maps. */
export function bundleWorker() {
  return bundleOne('src/worker/worker.ts', 'browser', true);
}

/** The thread of Node, likewise one file. */
export function bundleThread() {
  return bundleOne('src/worker/node-worker.ts', 'node', false);
}

/**
 * The page's entries, the Node entry and the command line. What they share is in chunks, so that a TerritoryError
 * is the same class from every entry. All chunks lie beside `node-worker.js`, because the thread's address is
 * relative to whichever of them holds it. The inlined worker is a chunk that loads on demand.
 *
 * @param {string} workerSource the code of the browser's worker
 */
export async function bundleEntries(workerSource) {
  const bundle = await rolldown({
    input: {
      index: 'src/index.ts',
      io: 'src/io/index.ts',
      layers: 'src/layers/index.ts',
      node: 'src/node/index.ts',
      'cli/solve': 'src/cli/solve.ts',
    },
    platform: 'neutral',
    external: [...PAGE_EXTERNAL, NODE_BUILTINS],
    plugins: [virtualText('virtual:worker-source', workerSource)],
  });
  const { output } = await bundle.generate({
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => (name === 'inline-worker' ? 'inline-worker.js' : `shared-${name}.js`),
    // Apart from the optimizer, so that a page that only optimises loads neither.
    codeSplitting: {
      groups: [
        { name: 'plan', test: /\/src\/(errors|options|plan\/plan|metrics\/compare-scores)\.ts$/, priority: 2 },
        { name: 'metrics', test: /\/src\/(metrics|plan)\//, priority: 1 },
        { name: 'session', test: /\/src\/session\// },
      ],
    },
    // The declarations carry the documentation.
    comments: { jsdoc: false },
  });
  await bundle.close();
  return output.map(({ fileName, code }) => ({ fileName, code }));
}

async function bundleOne(input, platform, minify) {
  const bundle = await rolldown({ input, platform, external: [NODE_BUILTINS], plugins: [virtualKernel()] });
  const { output } = await bundle.generate({ format: 'esm', minify, codeSplitting: false });
  await bundle.close();
  if (output.length !== 1) throw new Error(`${basename(dirname(input))} must be one file, is ${output.length}`);
  return output[0].code;
}

function virtualText(name, text) {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(text)};` : null),
  };
}
