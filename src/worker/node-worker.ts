/** Entry of the thread behind `equiterra/node`. */
import { parentPort, type TransferListItem } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { createKernel } from '../kernel/create-kernel.js';
import { compileKernel } from './kernel-module.js';
import { createService } from './service.js';
import { createYield } from './yield-to-messages.js';

const port = parentPort!;

expose(
  createService({
    createKernel,
    compile: compileKernel,
    post: (message, transfer) => port.postMessage(message, transfer as TransferListItem[]),
    yield: createYield(),
  }),
  nodeEndpoint(port),
);
