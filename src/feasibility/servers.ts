/** Who may serve each unit, from pins, locks and permits: units of one class have the same territories. */
import type { Problem } from '../types.js';

export interface Servers {
  /** Territory that the unit is pinned to or locked in, −1 for none; length n. */
  readonly held: Int32Array;
  /** Class per unit. */
  readonly classOf: Int32Array;
  /** Territories of each class, ascending. */
  readonly territories: readonly (readonly number[])[];
  /** The same as 1 per territory of each class, length k. */
  readonly may: readonly Uint8Array[];
}

export function listServers(problem: Problem): Servers {
  const { territories, today, pinned, demands } = problem;
  const n = problem.ids.length;
  const k = territories.length;
  const open = territories.map((_, t) => t).filter((t) => !territories[t]!.locked);
  const permits = demands?.permits ?? null;
  const held = new Int32Array(n).fill(-1);
  const classOf = new Int32Array(n);
  const classes: (readonly number[])[] = [];
  const index = new Map<number, number>();
  for (let u = 0; u < n; u++) {
    const now = today?.[u] ?? -1;
    if (now >= 0 && now < k && territories[now]!.locked) held[u] = now;
    else if (pinned && pinned[u]! >= 0) held[u] = pinned[u]!;
    const row = permits?.row[u] ?? -1;
    const key = held[u]! >= 0 ? held[u]! : k + 1 + row;
    let found = index.get(key);
    if (found === undefined) {
      const own = held[u]! >= 0 ? [held[u]!] : row < 0 ? open : open.filter((t) => permits!.allowed[row * k + t] !== 0);
      found = classes.push(own) - 1;
      index.set(key, found);
    }
    classOf[u] = found;
  }
  const may = classes.map((own) => {
    const mask = new Uint8Array(k);
    for (const t of own) mask[t] = 1;
    return mask;
  });
  return { held, classOf, territories: classes, may };
}

export function mayServe({ classOf, may }: Servers, unit: number, territory: number): boolean {
  return may[classOf[unit]!]![territory] !== 0;
}
