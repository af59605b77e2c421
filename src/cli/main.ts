import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { invalid, TerritoryError } from '../errors.js';
import { proveConflicts } from '../feasibility/prove-conflicts.js';
import { readDocumentBytes } from '../io/document-bytes.js';
import { planToDocument } from '../io/plan-document.js';
import { parseProblemDocument, stringifyDocument } from '../io/problem-document.js';
import { createOptimizer, designLevels } from '../node/index.js';
import type { ProblemInput, Progress } from '../types.js';
import { parseArguments, type SolveArguments, USAGE } from './arguments.js';
import { mapRemarks, progressLine, resultLine, type Solved } from './report.js';

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ends the search; the best plan so far is kept. */
  readonly signal?: AbortSignal;
}

const PROGRESS_INTERVAL_MS = 1_000;
const MAX_VIOLATIONS_SHOWN = 20;

/** The `solve` command: arguments in, exit status out. Never rejects. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let options: SolveArguments | null;
  try {
    options = parseArguments(argv);
    if (options?.out) await checkWritable(options.out);
  } catch (error) {
    terminal.err(`${messageOf(error)}\n\n${USAGE}`);
    return 2;
  }
  if (options === null) {
    terminal.out(USAGE);
    return 0;
  }
  try {
    const input = parseProblemDocument(await readDocumentBytes(await readFile(options.file)));
    const result = await solve(input, options, terminal);
    if (options.out)
      await writeFile(options.out, stringifyDocument(planToDocument(result.problem, result.plan, result.levels)));
    const violations = [...result.levels, result].flatMap(({ evaluation }) => evaluation.violations);
    for (const { message } of violations.slice(0, MAX_VIOLATIONS_SHOWN)) terminal.err(`${message}\n`);
    if (violations.length > MAX_VIOLATIONS_SHOWN) {
      terminal.err(`… and ${violations.length - MAX_VIOLATIONS_SHOWN} more violations\n`);
    }
    const conflicts = result.evaluation.violation > 0 ? proveConflicts(result.problem) : [];
    for (const { message } of conflicts) terminal.err(`In conflict: ${message}\n`);
    terminal.out(`${resultLine(result, conflicts)}\n`);
    return 0;
  } catch (error) {
    terminal.err(`${options.file}: ${messageOf(error)}\n`);
    return 1;
  }
}

async function solve(input: ProblemInput, options: SolveArguments, terminal: Terminal): Promise<Solved> {
  const { seconds, moves, seed, starts, workers, bound } = options;
  const show = (progress: Progress): void => {
    if (progress.phase !== 'done') terminal.err(`${progressLine(progress)}\n`);
  };
  const call = {
    ...(terminal.signal ? { signal: terminal.signal } : {}),
    progressIntervalMs: PROGRESS_INTERVAL_MS,
  };
  const optimizer = createOptimizer(workers === null ? {} : { workers });
  try {
    // Two calls, so that the time limit and the reported seconds count the search alone.
    const problem = await optimizer.prepare(input, { ...call, onProgress: show });
    for (const remark of mapRemarks(problem)) terminal.err(`${remark}\n`);
    const search = {
      ...call,
      onProgress: show,
      seed,
      onAbort: 'return-best' as const,
      ...(starts === null ? {} : { starts }),
      ...(moves === null ? {} : { moveLimit: moves }),
      ...(seconds === null ? {} : { timeLimitMs: seconds * 1000 }),
    };
    if (problem.levels.length > 0) {
      const designed = await designLevels(optimizer, problem, { ...search, order: options.levels });
      return { ...designed, bound: null, gap: null, boundKind: null };
    }
    const result = await optimizer.optimize(problem, {
      ...search,
      ...(bound === null ? {} : bound === 0 ? { bound: false } : { boundTimeLimitMs: bound * 1000 }),
    });
    return { ...result, levels: [] };
  } finally {
    await optimizer.dispose();
  }
}

/** A plan that cannot be written must not cost a search first. */
async function checkWritable(file: string): Promise<void> {
  const [folder, own] = await Promise.all([dirname(file), file].map((path) => stat(path).catch(() => null)));
  if (own?.isDirectory()) throw invalid('--out', file, 'must be a file, not a folder', 'INVALID_OPTION');
  if (!folder?.isDirectory()) throw invalid('--out', file, 'must lie in a folder that exists', 'INVALID_OPTION');
}

function messageOf(error: unknown): string {
  if (error instanceof TerritoryError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
