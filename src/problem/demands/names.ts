/** Looking up what demands name: territories, units and accounts by their ids. */
import { invalid } from '../../errors.js';
import { checkArray } from '../input-rules.js';

export interface NamedThings {
  readonly territories: readonly string[];
  readonly units: readonly string[];
  /** Empty for problems without accounts. */
  readonly accounts: readonly string[];
}

type Kind = 'territory' | 'unit' | 'account';

const NOUN: Readonly<Record<Kind, string>> = { territory: 'a territory', unit: 'a unit', account: 'an account' };

/** Indices by id. Each map is built when it is first asked for. */
export class Names {
  readonly #things: Readonly<Record<Kind, readonly string[]>>;
  readonly #maps = new Map<Kind, ReadonlyMap<string, number>>();

  constructor({ territories, units, accounts }: NamedThings) {
    this.#things = { territory: territories, unit: units, account: accounts };
  }

  /** @throws {TerritoryError} INVALID_INPUT where `value` is not the id of one. */
  indexOf(kind: Kind, value: unknown, path: string): number {
    const index = typeof value === 'string' ? this.#mapOf(kind).get(value) : undefined;
    if (index === undefined) throw invalid(path, value, `must be the id of ${NOUN[kind]}`);
    return index;
  }

  /** @throws {TerritoryError} INVALID_INPUT */
  indicesOf(kind: Kind, value: unknown, path: string): number[] {
    return checkArray(value, path).map((id, i) => this.indexOf(kind, id, `${path}[${i}]`));
  }

  #mapOf(kind: Kind): ReadonlyMap<string, number> {
    let map = this.#maps.get(kind);
    if (!map) this.#maps.set(kind, (map = new Map(this.#things[kind].map((id, i) => [id, i]))));
    return map;
  }
}
