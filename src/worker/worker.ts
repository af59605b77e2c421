/** Entry of the browser's worker: published as `equiterra/worker`, and inlined into the package for the blob worker. */
import { expose } from 'comlink';
import { createKernel } from '../kernel/create-kernel.js';
import { compileKernel } from './kernel-module.js';
import { createService } from './service.js';
import { createYield } from './yield-to-messages.js';

// The page's lib types `self` as a window, whose postMessage takes other arguments.
const scope = self as unknown as { postMessage(message: unknown, transfer: Transferable[]): void };

expose(
  createService({
    createKernel,
    compile: compileKernel,
    post: (message, transfer) => scope.postMessage(message, transfer),
    yield: createYield(),
  }),
);
