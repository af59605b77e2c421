/** Workers of a browser: the inlined one, the caller's `workerUrl`, or whatever the caller's `createWorker` makes. */
import { TerritoryError } from '../errors.js';
import type { OptimizerOptions } from '../types.js';
import type { WorkerHandle, WorkerHost } from './worker-handle.js';

export function browserHost(options: OptimizerOptions): WorkerHost {
  const { workerUrl, createWorker } = options;
  const given = new WeakSet<Worker>();
  return {
    hardwareThreads: globalThis.navigator?.hardwareConcurrency ?? 2,
    advice: advice(options),
    async spawn() {
      if (createWorker) {
        const worker = createWorker();
        if (given.has(worker)) throw new Error('createWorker must return a new Worker each time');
        given.add(worker);
        return browserHandle(worker);
      }
      if (typeof Worker === 'undefined') {
        throw new TerritoryError(
          'UNSUPPORTED_ENVIRONMENT',
          "There is no Worker here. In Node import createOptimizer from 'equiterra/node'; when rendering on a server call it only in the browser",
        );
      }
      if (workerUrl !== undefined) return browserHandle(new Worker(workerUrl, { type: 'module', name: 'equiterra' }));
      return browserHandle((await import('./inline-worker.js')).inlineWorker());
    },
  };
}

function advice({ workerUrl, createWorker }: OptimizerOptions): string {
  if (createWorker)
    return 'Check the worker that createWorker makes: it must be a module worker that runs equiterra/worker';
  if (workerUrl)
    return `Check workerUrl (${String(workerUrl)}): it must be a same-origin copy of equiterra/worker of the same version`;
  return 'If a content-security policy forbids blob: workers, pass workerUrl: the same-origin URL of equiterra/worker';
}

function browserHandle(worker: Worker): WorkerHandle {
  return {
    endpoint: worker,
    onFailure(listener) {
      worker.addEventListener('error', (event) => {
        // The pool reports it; the browser need not print it a second time.
        event.preventDefault();
        listener({ message: event.message ?? '' });
      });
      worker.addEventListener('messageerror', () => listener({ message: 'a message could not be read' }));
    },
    onMessage(listener) {
      worker.addEventListener('message', (event) => listener(event.data));
    },
    async terminate() {
      worker.terminate();
    },
    keepAlive() {},
  };
}
