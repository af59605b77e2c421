/** One worker of the pool with its handshake, the problems it holds, and its end. */
import { type Remote, wrap } from 'comlink';
import { fromWire, invalid, TerritoryError } from '../errors.js';
import type { Problem } from '../types.js';
import { VERSION } from '../version.js';
import { isProgressMessage, type ProgressMessage, type Reply, type WorkerApi } from '../worker/protocol.js';
import { searchPart } from '../worker/search-part.js';
import type { WorkerFailure, WorkerHandle } from './worker-handle.js';

/** A script that loads but never answers is not ours. Slow networks must still fit. */
const HANDSHAKE_TIMEOUT_MS = 30_000;
/** Problems a worker keeps: the one before last is often asked for again (before and after an edit). */
const HELD_PROBLEMS = 2;

export class PooledWorker {
  readonly api: Remote<WorkerApi>;
  /** Rejects when the worker can no longer answer. Comlink itself would wait for ever. */
  readonly #ended: Promise<never>;
  #reject!: (error: TerritoryError) => void;
  #terminated: Promise<void> | null = null;
  readonly #onEnd: (worker: PooledWorker) => void;
  readonly #handle: WorkerHandle;
  readonly #advice: string;
  /** Ids of the problems held, least recently used first. */
  readonly #held: number[] = [];
  /** Those of them that are whole. */
  readonly #whole = new Set<number>();
  #greeted = false;
  /** Listener of the task that has the worker. */
  onProgress: ((message: ProgressMessage) => void) | null = null;

  constructor(handle: WorkerHandle, advice: string, onEnd: (worker: PooledWorker) => void) {
    this.#handle = handle;
    this.#advice = advice;
    this.#onEnd = onEnd;
    this.#ended = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#ended.catch(() => {});
    this.api = wrap<WorkerApi>(handle.endpoint);
    handle.onFailure((failure) => void this.end(this.#failed(failure)));
    handle.onMessage((data) => {
      if (isProgressMessage(data)) this.onProgress?.(data);
    });
  }

  /** Resolves with the compiled kernel once the worker runs the same version as the page. */
  async greet(module: WebAssembly.Module | null): Promise<WebAssembly.Module> {
    const timer = setTimeout(() => {
      void this.end(this.#failed({ message: `no answer within ${HANDSHAKE_TIMEOUT_MS / 1000} s` }));
    }, HANDSHAKE_TIMEOUT_MS);
    try {
      const hello = await this.call(this.api.hello(module));
      if (hello.version !== VERSION) {
        throw this.#failed({ message: `it is version ${hello.version}, the page is version ${VERSION}` });
      }
      this.#greeted = true;
      return hello.module;
    } catch (error) {
      void this.end(error as TerritoryError);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Settles always: with the answer, with the worker's typed error, or when the worker ends. */
  async call<T>(answer: Promise<Reply<T>>): Promise<T> {
    const reply = await Promise.race([answer, this.#ended]).catch((error: unknown) => {
      throw error instanceof TerritoryError ? error : notPosted(error);
    });
    if (!reply.ok) throw fromWire(reply.error);
    return reply.value;
  }

  /** Makes sure that the worker holds the problem, `whole` to judge plans, else at least what a run reads. */
  async hold(id: number, problem: Problem, whole: boolean): Promise<void> {
    if (whole ? this.holdsWhole(id) : this.holds(id)) return this.#touch(id);
    try {
      await this.call(this.api.load(id, this.claim(id, whole), whole ? problem : searchPart(problem)));
    } catch (error) {
      this.unclaim(id);
      throw error;
    }
  }

  holds(id: number): boolean {
    return this.#held.includes(id);
  }

  holdsWhole(id: number): boolean {
    return this.#whole.has(id);
  }

  /** Counts `id` as held; returns the problems that must give way to it. */
  claim(id: number, whole: boolean): number[] {
    this.#touch(id);
    if (whole) this.#whole.add(id);
    const old = this.#held.splice(0, Math.max(0, this.#held.length - HELD_PROBLEMS));
    for (const gone of old) this.#whole.delete(gone);
    return old;
  }

  /** Takes back a claim whose problem never came to be. */
  unclaim(id: number): void {
    const at = this.#held.indexOf(id);
    if (at >= 0) this.#held.splice(at, 1);
    this.#whole.delete(id);
  }

  keepAlive(busy: boolean): void {
    this.#handle.keepAlive(busy);
  }

  get alive(): boolean {
    return this.#terminated === null;
  }

  /** Rejects every call under way with `error` and terminates the worker. Only the first error counts. */
  end(error: TerritoryError): Promise<void> {
    if (this.#terminated === null) {
      this.#terminated = this.#handle.terminate();
      this.#reject(error);
      this.#onEnd(this);
    }
    return this.#terminated;
  }

  #touch(id: number): void {
    const at = this.#held.indexOf(id);
    if (at >= 0) this.#held.splice(at, 1);
    this.#held.push(id);
  }

  #failed({ message, code = 'WORKER_CRASHED' }: WorkerFailure): TerritoryError {
    if (!this.#greeted) return loadFailed(message, this.#advice);
    return new TerritoryError(code, `A worker stopped while it was in use${message && `: ${message}`}`);
  }
}

export function loadFailed(message: string, advice: string): TerritoryError {
  return new TerritoryError(
    'WORKER_LOAD_FAILED',
    `A worker could not be started${message && `: ${message}`}. ${advice}`,
  );
}

/** The error for a call or an answer that could not be posted. */
function notPosted(error: unknown): TerritoryError {
  const message = error instanceof Error ? error.message : String(error);
  if (/memory|allocation/i.test(message)) {
    return new TerritoryError('OUT_OF_MEMORY', `The problem does not fit in memory: ${message}`);
  }
  if (error instanceof DOMException && error.name === 'DataCloneError') {
    const rule = 'must be plain data that can be posted to a worker, without functions or proxies';
    return invalid('problem', message, rule);
  }
  return new TerritoryError('WORKER_CRASHED', `A worker's answer could not be read: ${message}`);
}
