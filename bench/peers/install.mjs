/**
 * The JavaScript peers have a package of their own, because jsgeoda depends on `npm`: among the project's packages it would
 * put another npm in front of the one that runs the project's scripts.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from '../paths.mjs';

const FOLDER = join(CACHE, 'peers');
const FILES = ['package.json', 'package-lock.json'];
/** The lock that was installed last; written when the installation is whole. */
const STAMP = join(FOLDER, 'installed');

/** @returns {Promise<string>} the `package.json` whose modules are the peers */
export async function installPeers(log) {
  const lock = readFileSync(join(import.meta.dirname, 'package-lock.json'), 'utf8');
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lock) {
    log('installing the JavaScript peers');
    mkdirSync(FOLDER, { recursive: true });
    for (const file of FILES) copyFileSync(join(import.meta.dirname, file), join(FOLDER, file));
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER });
    writeFileSync(STAMP, lock);
  }
  return join(FOLDER, 'package.json');
}
