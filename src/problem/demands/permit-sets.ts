/** Sets of territories that may serve a thing, for the few things that are not free. */

/** A set per thing, of all territories until it is narrowed. */
export class PermitSets {
  readonly #territories: number;
  readonly #sets = new Map<number, Uint8Array>();

  constructor(territories: number) {
    this.#territories = territories;
  }

  /** Things that are not free, in the order in which they were first narrowed. */
  get things(): IterableIterator<number> {
    return this.#sets.keys();
  }

  /** 1 per territory that may serve the thing; null where all may. */
  of(thing: number): Uint8Array | null {
    return this.#sets.get(thing) ?? null;
  }

  permits(thing: number, territory: number): boolean {
    return this.#sets.get(thing)?.[territory] !== 0;
  }

  /**
   * Leaves of the thing's territories those that `allowed` has too; nothing changes and false where that leaves none of
   * `among`. `allowed` is kept, and shared by the things that it alone narrows: not to be written to. O(k).
   */
  narrow(thing: number, allowed: Uint8Array, among: Uint8Array | null = null): boolean {
    const own = this.#sets.get(thing);
    const both = own ? intersect(own, allowed) : allowed;
    if (!(among ? intersect(both, among) : both).includes(1)) return false;
    this.#sets.set(thing, both);
    return true;
  }

  /** All territories, or none. */
  full(value: 0 | 1): Uint8Array {
    return new Uint8Array(this.#territories).fill(value);
  }
}

function intersect(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length);
  for (let t = 0; t < both.length; t++) both[t] = a[t]! & b[t]!;
  return both;
}
