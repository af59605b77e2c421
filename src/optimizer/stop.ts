/**
 * A one-time signal within the optimizer. Not an AbortSignal, because Node warns of a leak when more than ten
 * listeners wait on one, and a call has as many as it has workers.
 */
export class Stop {
  readonly #listeners = new Set<() => void>();
  #stopped = false;
  #reason: unknown;

  get stopped(): boolean {
    return this.#stopped;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** Only the first reason counts. */
  stop(reason: unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#reason = reason;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** Returns what takes the listener off again. Does not call it for a stop that has been. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  throwIfStopped(): void {
    if (this.#stopped) throw this.#reason;
  }
}
