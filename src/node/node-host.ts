/** Workers of Node: threads of `node:worker_threads`. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { WorkerHandle, WorkerHost } from '../optimizer/worker-handle.js';
import type { OptimizerOptions } from '../types.js';
import { THREAD_URL } from './thread-url.js';

export function nodeHost({ workerUrl = THREAD_URL }: OptimizerOptions): WorkerHost {
  return {
    hardwareThreads: availableParallelism(),
    advice: `Check that ${String(workerUrl)} is the thread of equiterra/node, of the same version`,
    spawn: () => threadHandle(new Worker(new URL(workerUrl), { name: 'equiterra', execArgv: [] })),
  };
}

function threadHandle(thread: Worker): WorkerHandle {
  return {
    endpoint: nodeEndpoint(thread),
    onFailure(listener) {
      thread.on('error', (error: Error & { code?: string }) => {
        const { message, code } = error;
        listener(code === 'ERR_WORKER_OUT_OF_MEMORY' ? { message, code: 'OUT_OF_MEMORY' } : { message });
      });
      thread.on('messageerror', () => listener({ message: 'a message could not be read' }));
      thread.on('exit', (code) => listener({ message: `it exited with code ${code}` }));
    },
    onMessage(listener) {
      thread.on('message', listener);
    },
    async terminate() {
      await thread.terminate();
    },
    keepAlive(busy) {
      if (busy) thread.ref();
      else thread.unref();
    },
  };
}
