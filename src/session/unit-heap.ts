/** Units by ascending key, equal keys by ascending unit: a binary heap. */
export class UnitHeap {
  readonly #keys: number[] = [];
  readonly #units: number[] = [];

  get size(): number {
    return this.#units.length;
  }

  push(key: number, unit: number): void {
    let i = this.#units.length;
    this.#keys.push(key);
    this.#units.push(unit);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#isBelow(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** The unit with the least key; −1 when there is none. */
  pop(): number {
    if (this.#units.length === 0) return -1;
    const last = this.#units.length - 1;
    this.#swap(0, last);
    this.#keys.pop();
    const unit = this.#units.pop()!;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < last && this.#isBelow(child, least)) least = child;
      if (least === i) return unit;
      this.#swap(i, least);
      i = least;
    }
  }

  #isBelow(i: number, j: number): boolean {
    return this.#keys[i]! < this.#keys[j]! || (this.#keys[i] === this.#keys[j] && this.#units[i]! < this.#units[j]!);
  }

  #swap(i: number, j: number): void {
    [this.#keys[i], this.#keys[j]] = [this.#keys[j]!, this.#keys[i]!];
    [this.#units[i], this.#units[j]] = [this.#units[j]!, this.#units[i]!];
  }
}
