/**
 * Compiles the kernel of `assembly/` and the cell arithmetic of `assembly/h3/` with the AssemblyScript compiler, each
 * unless its sources are unchanged.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomic } from './write-atomic.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const CONFIGS = ['asconfig.json', 'asconfig.h3.json'];

/** @param {'release' | 'debug'} target */
export async function compileKernel(target) {
  await Promise.all(CONFIGS.map((config) => compile(config, target)));
}

async function compile(config, target) {
  const { outFile } = JSON.parse(readFileSync(join(ROOT, config), 'utf8')).targets[target];
  const stamp = join(ROOT, `${outFile}.stamp`);
  const hash = hashSources(config);
  if (read(stamp) === hash && read(join(ROOT, outFile)) !== null) return;
  const { default: asc } = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main(['--config', config, '--target', target], {
    readFile: (name, base) => read(resolve(base, name)),
    writeFile(name, contents, base) {
      const file = resolve(base, name);
      mkdirSync(dirname(file), { recursive: true });
      writeAtomic(file, contents);
    },
    listFiles: (name, base) => readdirSync(resolve(base, name)).filter((file) => /^(?!.*\.d\.ts$).*\.ts$/.test(file)),
  });
  if (error)
    throw new Error(`asc --config ${config} --target ${target} failed\n${stderr.toString()}`, { cause: error });
  writeAtomic(stamp, hash);
}

/** All files in the entry's folder and below it: more than the module reads, but never less. */
function hashSources(config) {
  const hash = createHash('sha256');
  const [entry] = JSON.parse(readFileSync(join(ROOT, config), 'utf8')).entries;
  const folder = join(ROOT, dirname(entry));
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(folder, name)));
  }
  for (const file of [config, 'node_modules/assemblyscript/package.json']) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
