import { TerritoryError } from 'equiterra';
import type { Failure } from './store.js';

const ADVICE: Record<string, string> = {
  INVALID_INPUT: 'Correct this value in the file or the settings and try again. Nothing was changed.',
  INVALID_OPTION: 'Choose another value in the settings and try again.',
  WORKER_LOAD_FAILED:
    'The optimiser could not be loaded. Reload the page; if that does not help, check the connection.',
  WORKER_CRASHED: 'The optimiser stopped unexpectedly. Press Optimise again; a fresh one is started.',
  WASM_LOAD_FAILED: 'This browser refused the WebAssembly kernel. Use a recent Chrome, Edge, Firefox or Safari.',
  OUT_OF_MEMORY: 'Choose a smaller resolution number, close other tabs, or use fewer accounts.',
  UNSUPPORTED_ENVIRONMENT: 'Use a recent Chrome, Edge, Firefox or Safari.',
};

/** An error as a message for people. */
export function describeFailure(title: string, error: unknown): Failure {
  if (error instanceof TerritoryError) {
    return { title, detail: error.message, advice: ADVICE[error.code] ?? 'Reload the page and try again.' };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { title, detail, advice: 'Try again, or reload the page.' };
}
