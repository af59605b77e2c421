import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RELEASES = {
  'virtual:kernel': fileURLToPath(new URL('../build/kernel.wasm', import.meta.url)),
  'virtual:h3': fileURLToPath(new URL('../build/h3.wasm', import.meta.url)),
};

/**
 * Rollup, rolldown and Vite plugin: `import base64 from 'virtual:kernel'` gives the compiled release kernel,
 * `'virtual:h3'` the compiled cell arithmetic.
 */
export function virtualKernel() {
  return {
    name: 'virtual-kernel',
    resolveId: (id) => (Object.hasOwn(RELEASES, id) ? `\0${id}` : null),
    load(id) {
      const file = RELEASES[id.slice(1)];
      return file && id[0] === '\0' ? `export default ${JSON.stringify(readFileSync(file).toString('base64'))};` : null;
    },
  };
}
