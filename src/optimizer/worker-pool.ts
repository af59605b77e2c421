/**
 * Up to `size` workers, started when they are needed and lent out one task at a time, first come first served.
 * Every lease settles: a worker that ends frees its place, and whoever waits gets a new one.
 */
import { TerritoryError } from '../errors.js';
import { loadFailed, PooledWorker } from './pooled-worker.js';
import type { Stop } from './stop.js';
import type { WorkerHandle, WorkerHost } from './worker-handle.js';

interface Waiter {
  readonly resolve: (worker: PooledWorker) => void;
  readonly reject: (error: unknown) => void;
  /** Takes its listener off the stop that it watches. */
  readonly unlisten: () => void;
}

export class WorkerPool {
  readonly size: number;
  readonly #host: WorkerHost;
  /** Places taken: workers that start or live. */
  #places = 0;
  readonly #starting = new Set<Promise<PooledWorker>>();
  readonly #workers = new Set<PooledWorker>();
  readonly #idle: PooledWorker[] = [];
  readonly #waiting: Waiter[] = [];
  /** The kernel that the first worker compiles and the others take. */
  #module: Promise<WebAssembly.Module> | null = null;
  #disposed: TerritoryError | null = null;

  constructor(host: WorkerHost, size: number) {
    this.#host = host;
    this.size = size;
  }

  /** Whether a worker holds the problem whole, or is about to. */
  holdsWhole(problemId: number): boolean {
    for (const worker of this.#workers) if (worker.holdsWhole(problemId)) return true;
    return false;
  }

  /**
   * Lends a worker, preferably one that holds the problem `problemId`. Give it back with `release`.
   * Rejects with the reason of `until` when that stops first.
   */
  acquire(until: Stop, problemId = -1): Promise<PooledWorker> {
    return new Promise((resolve, reject) => {
      if (this.#disposed) return reject(this.#disposed);
      if (until.stopped) return reject(until.reason);
      const worker = this.#takeIdle(problemId);
      if (worker) return resolve(worker);
      const unlisten = until.listen(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(until.reason);
      });
      const waiter: Waiter = { resolve, reject, unlisten };
      this.#waiting.push(waiter);
      this.#startForWaiters();
    });
  }

  release(worker: PooledWorker): void {
    worker.onProgress = null;
    if (!worker.alive) return;
    const waiter = this.#nextWaiter();
    if (waiter) {
      waiter.resolve(worker);
      return;
    }
    worker.keepAlive(false);
    this.#idle.push(worker);
  }

  /** Starts every worker that is missing and waits until all have started. */
  async warm(): Promise<void> {
    if (this.#disposed) throw this.#disposed;
    for (let missing = this.size - this.#places; missing > 0; missing--) {
      this.#start().then(
        (worker) => this.release(worker),
        () => this.#startForWaiters(),
      );
    }
    await Promise.all([...this.#starting]);
  }

  /** Ends every worker; whoever waits, and every call under way, rejects with `error`. */
  async dispose(error: TerritoryError): Promise<void> {
    this.#disposed ??= error;
    for (let waiter = this.#nextWaiter(); waiter; waiter = this.#nextWaiter()) waiter.reject(error);
    await Promise.all([...this.#workers].map((worker) => worker.end(error)));
  }

  #takeIdle(problemId: number): PooledWorker | undefined {
    const whole = this.#idle.findIndex((worker) => worker.holdsWhole(problemId));
    const at = whole >= 0 ? whole : this.#idle.findIndex((worker) => worker.holds(problemId));
    const [worker] = this.#idle.splice(at, 1);
    worker?.keepAlive(true);
    return worker;
  }

  #nextWaiter(): Waiter | undefined {
    const waiter = this.#waiting.shift();
    waiter?.unlisten();
    return waiter;
  }

  #startForWaiters(): void {
    while (this.#starting.size < this.#waiting.length && this.#places < this.size && !this.#disposed) {
      this.#start().then(
        (worker) => this.release(worker),
        // A failed start answers one call; the next in line gets its own try.
        (error) => {
          this.#nextWaiter()?.reject(error);
          this.#startForWaiters();
        },
      );
    }
  }

  #start(): Promise<PooledWorker> {
    this.#places++;
    const started = this.#spawn();
    this.#starting.add(started);
    const settled = () => this.#starting.delete(started);
    started.then(settled, settled);
    return started;
  }

  async #spawn(): Promise<PooledWorker> {
    let handle: WorkerHandle;
    try {
      handle = await this.#host.spawn();
    } catch (error) {
      this.#places--;
      if (error instanceof TerritoryError) throw error;
      throw loadFailed(error instanceof Error ? error.message : String(error), this.#host.advice);
    }
    const worker = new PooledWorker(handle, this.#host.advice, (ended) => this.#forget(ended));
    this.#workers.add(worker);
    if (this.#disposed) {
      await worker.end(this.#disposed);
      throw this.#disposed;
    }
    await this.#greet(worker);
    return worker;
  }

  async #greet(worker: PooledWorker): Promise<void> {
    if (this.#module) {
      const module = await this.#module.catch(() => null);
      await worker.greet(module);
      return;
    }
    const compiled = worker.greet(null);
    this.#module = compiled;
    try {
      await compiled;
    } catch (error) {
      this.#module = null;
      throw error;
    }
  }

  #forget(worker: PooledWorker): void {
    this.#places--;
    this.#workers.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#startForWaiters();
  }
}
