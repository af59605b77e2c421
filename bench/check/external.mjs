/** The instances' own checker, where their folder has one: a second opinion that this repository does not contain. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planToDocument, problemToDocument, stringifyDocument } from '../../dist/io.js';
import { ROOT } from '../paths.mjs';

/**
 * @param {string} checker path of `check-plan.mjs`
 * @returns {Promise<{ ok: boolean, said: string }>}
 */
export function checkElsewhere(checker, input, problem, plan) {
  const folder = mkdtempSync(join(tmpdir(), 'equiterra-check-'));
  const [problemFile, planFile] = [join(folder, 'problem.json'), join(folder, 'plan.json')];
  writeFileSync(problemFile, stringifyDocument(problemToDocument(input)));
  writeFileSync(planFile, stringifyDocument(planToDocument(problem, plan)));
  return new Promise((resolve) => {
    execFile(process.execPath, [checker, problemFile, planFile], { cwd: ROOT }, (error, stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      resolve({ ok: error === null, said: (stdout || stderr).trim().slice(0, 400) });
    });
  });
}
