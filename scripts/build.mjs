/** Builds `dist/`: kernel, bundles, declarations. Prints the size of each file. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleEntries, bundleThread, bundleWorker } from './bundle.mjs';
import { compileKernel } from './compile-kernel.mjs';
import { ROOT, run } from './run.mjs';

process.chdir(ROOT);
const began = performance.now();

// Built aside and moved at the end, so that a build that fails leaves the old one, and whoever reads meanwhile too.
const out = `build/dist-${process.pid}`;
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const declarations = run('tsc', '-p', 'src', '--outDir', out);
await Promise.all([compileKernel('release'), compileKernel('debug')]);
const worker = await bundleWorker();
const files = [
  { fileName: 'worker.js', code: worker },
  { fileName: 'node-worker.js', code: await bundleThread() },
  ...(await bundleEntries(`${worker}\n//# sourceURL=equiterra-worker.js\n`)),
];
for (const { fileName, code } of files) {
  mkdirSync(dirname(join(out, fileName)), { recursive: true });
  writeFileSync(join(out, fileName), code);
}
await declarations;

const old = `build/dist-${process.pid}-old`;
try {
  renameSync('dist', old);
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
renameSync(out, 'dist');
rmSync(old, { recursive: true, force: true });

for (const { fileName, code } of files) {
  const [size, zipped] = [Buffer.byteLength(code), gzipSync(code).length];
  console.log(`${fileName.padEnd(28)} ${kilobytes(size)}  ${kilobytes(zipped)} gz`);
}
console.log(`built in ${((performance.now() - began) / 1000).toFixed(1)} s`);

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}
