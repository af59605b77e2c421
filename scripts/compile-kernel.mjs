/** Compiles the kernel of `assembly/` with the AssemblyScript compiler, unless its sources are unchanged. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomic } from './write-atomic.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @param {'release' | 'debug'} target */
export async function compileKernel(target) {
  const { outFile } = JSON.parse(readFileSync(join(ROOT, 'asconfig.json'), 'utf8')).targets[target];
  const stamp = join(ROOT, `${outFile}.stamp`);
  const hash = hashSources();
  if (read(stamp) === hash && read(join(ROOT, outFile)) !== null) return;
  const { default: asc } = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main(['--target', target], {
    readFile: (name, base) => read(resolve(base, name)),
    writeFile(name, contents, base) {
      const file = resolve(base, name);
      mkdirSync(dirname(file), { recursive: true });
      writeAtomic(file, contents);
    },
    listFiles: (name, base) => readdirSync(resolve(base, name)).filter((file) => /^(?!.*\.d\.ts$).*\.ts$/.test(file)),
  });
  if (error) throw new Error(`asc --target ${target} failed\n${stderr.toString()}`, { cause: error });
  writeAtomic(stamp, hash);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const name of readdirSync(join(ROOT, 'assembly'), { recursive: true }).sort()) {
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(ROOT, 'assembly', name)));
  }
  for (const file of ['asconfig.json', 'node_modules/assemblyscript/package.json'])
    hash.update(readFileSync(join(ROOT, file)));
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
