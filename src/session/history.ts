/** The steps of a session that can be taken back and made again. */
import type { Changes, KnownTallies } from '../metrics/plan-tally.js';
import type { Evaluation } from '../types.js';
import { join } from './changes.js';
import type { Holds } from './holds.js';

/** What a session is at one end of a step, but for the assignment, which follows from the changes. */
export interface Frame {
  readonly known: KnownTallies;
  readonly evaluation: Evaluation;
  readonly seed: number | null;
  readonly holds: Holds;
}

export interface Step {
  readonly label: string;
  readonly mergeKey: string | null;
  readonly forward: Changes;
  readonly backward: Changes;
  readonly before: Frame;
  readonly after: Frame;
}

export class History {
  readonly #limit: number;
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];

  /** Keeps `limit` steps; older ones can no longer be undone. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The step that `undo` takes back. */
  get last(): Step | null {
    return this.#done.at(-1) ?? null;
  }

  /** The last step that moved units; null when there is none. */
  get lastMove(): Step | null {
    return this.#done.findLast(({ forward }) => forward.units.length > 0) ?? null;
  }

  /** The step that `redo` makes again. */
  get next(): Step | null {
    return this.#undone.at(-1) ?? null;
  }

  /** Adds a step, or joins it to the last one when both have the same key. What was undone is forgotten. */
  add(step: Step): void {
    const { last } = this;
    const merges = last !== null && this.next === null && step.mergeKey !== null && step.mergeKey === last.mergeKey;
    this.#undone.length = 0;
    if (merges) this.#done.pop();
    this.#done.push(merges ? merge(last, step) : step);
    if (this.#done.length > this.#limit) this.#done.shift();
  }

  undo(): Step | null {
    return shift(this.#done, this.#undone);
  }

  redo(): Step | null {
    return shift(this.#undone, this.#done);
  }
}

function shift(from: Step[], to: Step[]): Step | null {
  const step = from.pop();
  if (!step) return null;
  to.push(step);
  return step;
}

function merge(first: Step, second: Step): Step {
  return {
    ...second,
    before: first.before,
    forward: join(first.forward, second.forward),
    backward: join(second.backward, first.backward),
  };
}
