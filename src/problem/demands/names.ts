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

const MOST_LISTED = 8;

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
    if (index === undefined) throw invalid(path, value, `must be the id of ${NOUN[kind]}${this.#hint(kind, value)}`);
    return index;
  }

  /** What helps to find the right id: those that there are, or what the value is the id of instead. */
  #hint(kind: Kind, value: unknown): string {
    if (kind === 'territory') {
      const ids = this.#things.territory;
      return ` (${ids.slice(0, MOST_LISTED).join(', ')}${ids.length > MOST_LISTED ? ', …' : ''})`;
    }
    const other = kind === 'unit' ? 'account' : 'unit';
    return typeof value === 'string' && this.#mapOf(other).has(value) ? `, not of ${NOUN[other]}` : '';
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
