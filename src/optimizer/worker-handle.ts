/** A worker as the pool sees it, whether the browser's or a Node thread. */
import type { Endpoint } from 'comlink';
import type { ErrorCode } from '../errors.js';

export interface WorkerFailure {
  /** What the platform says about it; may be empty, as browsers tell little about a script that did not load. */
  readonly message: string;
  readonly code?: ErrorCode;
}

export interface WorkerHandle {
  readonly endpoint: Endpoint;
  /** Called once when the worker can no longer answer: error, unreadable message, exit. */
  onFailure(listener: (failure: WorkerFailure) => void): void;
  onMessage(listener: (data: unknown) => void): void;
  terminate(): Promise<void>;
  /** Whether the worker keeps the process alive. Means nothing in a browser. */
  keepAlive(busy: boolean): void;
}

/** Where workers come from. */
export interface WorkerHost {
  readonly hardwareThreads: number;
  spawn(): WorkerHandle | Promise<WorkerHandle>;
  /** What to do about a worker that does not load. */
  readonly advice: string;
}
