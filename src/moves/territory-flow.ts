/** Which way load has to travel between territories so that each comes within its bounds. */

export interface FlowProblem {
  /** Load, lower and upper bound per territory; bounds may be infinite. */
  readonly load: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** Territories that each can hand load to, with what that costs per unit of load, > 0. */
  readonly ways: readonly (readonly { readonly to: number; readonly cost: number }[])[];
}

/** An amount that one territory hands to another. */
export interface Handover {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** Below this share of all load an amount is rounding. */
const LEAST = 1e-9;

/**
 * Successive shortest paths: load beyond an upper bound goes to the nearest territory with room, load below a lower bound
 * comes from the nearest one that can spare it, and a path may take back what an earlier one sent the other way. What
 * cannot be reached is left. The largest handovers first. O(k) shortest paths of O(k E) each at worst, far fewer in practice.
 *
 * Source: Ahuja, Magnanti, Orlin, Network Flows (1993), section 9.7.
 */
export function flowToBounds({ load, lower, upper, ways }: FlowProblem): Handover[] {
  const k = load.length;
  const now = Float64Array.from(load);
  const least = LEAST * now.reduce((a, b) => a + b, 0);
  const sent = ways.map((list) => new Float64Array(list.length));
  const back: { from: number; way: number }[][] = Array.from({ length: k }, () => []);
  for (let t = 0; t < k; t++)
    for (let i = 0; i < ways[t]!.length; i++) back[ways[t]![i]!.to]!.push({ from: t, way: i });
  const surplus = (t: number) => now[t]! - upper[t]!;
  const deficit = (t: number) => lower[t]! - now[t]!;
  // every path settles a bound or empties a way, so there are few; the cap guards against rounding that never ends
  for (let round = 0; round < 8 * k; round++) {
    const over = indices(k, (t) => surplus(t) > least);
    const under = indices(k, (t) => deficit(t) > least);
    const down = over.length > 0 ? shortest(over, (t) => -surplus(t) > least) : null;
    const up =
      !down && under.length > 0
        ? shortest(
            indices(k, (t) => -deficit(t) > least),
            (t) => deficit(t) > least,
          )
        : null;
    const path = down ?? up;
    if (!path) break;
    const first = path[0]!.at;
    const last = path.at(-1)!.at;
    let amount = down
      ? Math.min(surplus(first), -surplus(last))
      : Math.min(now[first]!, -deficit(first), deficit(last));
    for (const { undo } of path) if (undo) amount = Math.min(amount, sent[undo.from]![undo.way]!);
    now[first]! -= amount;
    now[last]! += amount;
    for (const { undo, by } of path) {
      if (undo) sent[undo.from]![undo.way]! -= amount;
      else if (by) sent[by.from]![by.way]! += amount;
    }
  }
  const handovers = ways.flatMap((list, from) => list.map(({ to }, way) => ({ from, to, amount: sent[from]![way]! })));
  return handovers
    .filter(({ amount }) => amount > least)
    .sort((a, b) => b.amount - a.amount || a.from - b.from || a.to - b.to);

  /** The cheapest way from one of the starts to a territory that may take something (Bellman 1958, with a queue). */
  function shortest(starts: readonly number[], takes: (t: number) => boolean): Step[] | null {
    const distance = new Float64Array(k).fill(Infinity);
    const before: (Step | null)[] = new Array(k).fill(null);
    const queue = [...starts];
    const queued = new Uint8Array(k);
    for (const t of starts) {
      distance[t] = 0;
      queued[t] = 1;
    }
    const reach = (at: number, from: number, cost: number, step: Omit<Step, 'at' | 'from'>) => {
      if (distance[from]! + cost >= distance[at]! - 1e-12 * Math.abs(distance[at]!)) return;
      distance[at] = distance[from]! + cost;
      before[at] = { at, from, ...step };
      if (queued[at] === 0) queue.push(at);
      queued[at] = 1;
    };
    for (let head = 0; head < queue.length && head < k * k + k; head++) {
      const t = queue[head]!;
      queued[t] = 0;
      for (let way = 0; way < ways[t]!.length; way++) {
        const { to, cost } = ways[t]![way]!;
        reach(to, t, cost, { by: { from: t, way } });
      }
      for (const undo of back[t]!) {
        if (sent[undo.from]![undo.way]! > least) reach(undo.from, t, -ways[undo.from]![undo.way]!.cost, { undo });
      }
    }
    let end = -1;
    for (let t = 0; t < k; t++) {
      if (!starts.includes(t) && takes(t) && distance[t]! < (end < 0 ? Infinity : distance[end]!)) end = t;
    }
    if (end < 0) return null;
    const path: Step[] = [];
    for (let at = end; ; ) {
      const step: Step | null = starts.includes(at) && distance[at] === 0 ? null : before[at]!;
      path.push(step ?? { at, from: -1 });
      if (!step || path.length > k) break;
      at = step.from;
    }
    return path.length > k ? null : path.reverse();
  }
}

interface Step {
  readonly at: number;
  readonly from: number;
  readonly by?: { readonly from: number; readonly way: number };
  readonly undo?: { readonly from: number; readonly way: number };
}

function indices(count: number, holds: (i: number) => boolean): number[] {
  return Array.from({ length: count }, (_, i) => i).filter(holds);
}
