import { batch } from '@preact/signals';
import { createOptimizer, type Optimizer, type Problem, type ProblemInput } from 'equiterra';
import { parseProblemDocument, readDocumentBytes } from 'equiterra/io';
import workerUrl from 'equiterra/worker?url';
import { describeFailure } from './failures.js';
import sampleUrl from './generated/sample.bin?url';
import { loadSample, type Sample } from './sample.js';
import { applySettings, type Settings, type Source, settingsOf } from './source.js';
import {
  activity,
  basemap,
  chosenView,
  failure,
  pendingCsv,
  preview,
  problem,
  progress,
  result,
  settings,
  source,
} from './store.js';

const PREVIEW_INTERVAL_MS = 250;

const optimizer: Optimizer = createOptimizer({ workerUrl });
let sample: Sample | null = null;
let abort: AbortController | null = null;
/** The input that `problem` was prepared from, as the form stood. */
let prepared: { readonly source: Source; readonly settings: Settings } | null = null;

/** Shows the sample; also what the page opens with. */
export async function openSample(): Promise<void> {
  await attempt('The sample could not be loaded', 'loading', async () => {
    sample ??= await loadSample(sampleUrl);
    basemap.value = sample.basemap;
    await openSource(sample.source);
  });
}

/** Opens a dropped or chosen file: a problem document, or a CSV whose columns are to be confirmed. */
export async function openFile(file: File): Promise<void> {
  await attempt(`${file.name} could not be opened`, 'loading', async () => {
    const text = await readDocumentBytes(new Uint8Array(await file.arrayBuffer()));
    if (!/\.json(\.gz)?$/i.test(file.name) && !/^\s*[{[]/.test(text)) {
      pendingCsv.value = { name: file.name, text };
      return;
    }
    const input = parseProblemDocument(text);
    await openSource({ kind: 'document', title: input.name ?? file.name, input, skipped: [] });
  });
}

/** Opens a source that has been read; what was on the page stays when it cannot be prepared. */
export async function openAccounts(next: Source): Promise<void> {
  await attempt('These accounts could not be prepared', 'preparing', () => openSource(next));
}

async function openSource(next: Source): Promise<void> {
  const nextProblem = await prepare(next.input);
  batch(() => {
    source.value = next;
    settings.value = settingsOf(next.input, nextProblem.measures);
    pendingCsv.value = null;
    showProblem(nextProblem);
  });
  prepared = { source: next, settings: settings.value! };
}

function prepare(input: ProblemInput): Promise<Problem> {
  activity.value = 'preparing';
  return optimizer.prepare(input);
}

function showProblem(next: Problem): void {
  batch(() => {
    problem.value = next;
    result.value = null;
    preview.value = null;
    progress.value = null;
    chosenView.value = 'overlap';
  });
}

/** Takes over the form. Only another resolution changes what is on the page at once; the rest waits for Optimise. */
export async function applyForm(next: Settings): Promise<void> {
  settings.value = next;
  if (next.resolution === prepared?.settings.resolution) return;
  await attempt('These settings cannot be used', 'preparing', prepareForm);
}

function needsPreparing(): boolean {
  return prepared === null || prepared.source !== source.value || prepared.settings !== settings.value;
}

async function prepareForm(): Promise<void> {
  const [from, form] = [source.value, settings.value];
  if (!from || !form) return;
  const nextProblem = await prepare(applySettings(from.input, form, problem.value?.todayIds ?? []));
  prepared = { source: from, settings: form };
  showProblem(nextProblem);
}

/** Searches for a plan with live previews; Stop keeps the best one. */
export async function optimise(): Promise<void> {
  await attempt('No plan was found', 'optimising', async () => {
    if (needsPreparing()) await prepareForm();
    if (!problem.value) return;
    activity.value = 'optimising';
    abort = new AbortController();
    batch(() => {
      preview.value = result.value?.plan.assignment ?? null;
      result.value = null;
      progress.value = null;
    });
    const found = await optimizer.optimize(problem.value, {
      signal: abort.signal,
      onAbort: 'return-best',
      preview: true,
      progressIntervalMs: PREVIEW_INTERVAL_MS,
      onProgress: (report) => {
        batch(() => {
          progress.value = report;
          if (!report.assignment) return;
          if (!preview.value) chosenView.value = 'plan';
          preview.value = report.assignment;
        });
      },
    });
    batch(() => {
      result.value = found;
      chosenView.value = 'plan';
    });
  });
  abort = null;
}

/** Ends the search; the best plan so far becomes the result. */
export function stop(): void {
  if (activity.value !== 'optimising') return;
  activity.value = 'stopping';
  abort?.abort();
}

async function attempt(title: string, doing: 'loading' | 'preparing' | 'optimising', work: () => Promise<void>) {
  failure.value = null;
  activity.value = doing;
  try {
    await work();
  } catch (error) {
    preview.value = null;
    failure.value = describeFailure(title, error);
  } finally {
    activity.value = 'idle';
  }
}
