/** Measurements run in processes of their own: memory is theirs alone, and a crash or a hang ends nothing else. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Heap for the largest instances; nothing is reserved. */
const NODE_FLAGS = ['--max-old-space-size=8192'];

/**
 * Runs `tasks/<name>.mjs`. A task prints one JSON object a line, each with a `kind`; lines that are no JSON are passed to
 * `log`.
 *
 * @param {string} name
 * @param {object} input handed to the task as JSON
 * @param {{ limitMs: number, log: (line: string) => void }} options
 * @returns {Promise<{ lines: any[], error: string | null }>} what it printed, also when it failed
 */
export function runTask(name, input, { limitMs, log }) {
  const script = join(import.meta.dirname, 'tasks', `${name}.mjs`);
  const child = spawn(process.execPath, [...NODE_FLAGS, script, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const lines = [];
  let problem = '';
  let stopped = false;
  const timer = setTimeout(() => {
    stopped = true;
    end();
  }, limitMs);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const value = parse(line);
    if (value) lines.push(value);
    else log(line);
  });
  child.stderr.on('data', (chunk) => {
    problem = (problem + chunk).slice(-2000);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => settle(error.message));
    child.on('close', (code, signal) => {
      if (stopped) settle(`stopped after ${Math.round(limitMs / 1000)} s`);
      else if (code !== 0) settle(`ended with ${signal ?? `code ${code}`}: ${lastWords(problem)}`);
      else settle(null);
    });
    function settle(error) {
      clearTimeout(timer);
      process.off('exit', end);
      resolve({ lines, error });
    }
  });
}

/** Printed by a task: one result. */
export function emit(kind, fields) {
  process.stdout.write(`${JSON.stringify({ kind, ...fields })}\n`);
}

/** What a task was asked for. */
export function taskInput() {
  return JSON.parse(process.argv[2]);
}

function parse(line) {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

/** The line that names the error, short: minified code can be a megabyte. */
/** A minified program that dies prints its source too, which is a line without words. */
function lastWords(text) {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => line.length < 200);
  return lines.find((line) => /Error|error:/.test(line)) ?? lines.at(-1) ?? 'no word';
}
