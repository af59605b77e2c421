import { execFileSync } from 'node:child_process';
import { arch, cpus, platform, totalmem } from 'node:os';
import { ROOT } from './paths.mjs';

/** What the figures depend on besides the code. */
export function describeMachine() {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${memory}, ${platform()} ${arch()}`;
}

/** The commit that is measured; changes that are not committed show as a plus. */
export function describeCommit() {
  try {
    const changed = git('status', '--porcelain', '--', '.', ':!bench/results');
    return git('rev-parse', '--short=10', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
}

function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
