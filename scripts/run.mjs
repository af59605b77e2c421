import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Runs a command of the project's own packages (or `node`) in the project's folder; rejects when it fails. */
export function run(command, ...args) {
  const path = command === 'node' ? process.execPath : join(ROOT, 'node_modules/.bin', command);
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd: ROOT, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else
        reject(
          Object.assign(new Error(`${command} ${args.join(' ')} failed with exit code ${code}`), { exitCode: code }),
        );
    });
  });
}
