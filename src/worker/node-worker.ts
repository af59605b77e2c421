/** Entry of the thread behind `equiterra/node`. */
import { parentPort, type TransferListItem } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { createKernel } from '../kernel/create-kernel.js';
import { compileKernel } from './kernel-module.js';
import { createService } from './service.js';

const port = parentPort!;

expose(
  createService({
    createKernel,
    compile: compileKernel,
    post: (message, transfer) => port.postMessage(message, transfer as TransferListItem[]),
    // Not a message to oneself, as in the browser: Node reads up to a thousand messages of one port before it looks
    // at another, so that a cancel would wait for a thousand quanta.
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  }),
  nodeEndpoint(port),
);
