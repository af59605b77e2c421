import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RELEASE = fileURLToPath(new URL('../build/kernel.wasm', import.meta.url));

/** Rollup, rolldown and Vite plugin: `import base64 from 'virtual:kernel'` gives the compiled release kernel. */
export function virtualKernel(file = RELEASE) {
  return {
    name: 'virtual-kernel',
    resolveId: (id) => (id === 'virtual:kernel' ? '\0virtual:kernel' : null),
    load: (id) =>
      id === '\0virtual:kernel' ? `export default ${JSON.stringify(readFileSync(file).toString('base64'))};` : null,
  };
}
