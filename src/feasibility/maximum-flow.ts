/** Maximum flow from suppliers to takers (Edmonds, Karp 1972), and the cut that shows why it is no larger. */

export interface Transport {
  readonly supply: ArrayLike<number>;
  readonly demand: ArrayLike<number>;
  /** Takers of each supplier. */
  readonly takers: readonly (readonly number[])[];
}

export interface Flow {
  readonly shipped: number;
  /** Suppliers and takers on the source's side of a minimum cut: those suppliers ship to these takers only. */
  readonly suppliers: readonly number[];
  readonly reached: readonly number[];
}

/** Amounts below this share of all supply count as none. */
const LEAST = 1e-12;

/** O(V E²) at worst; problems have few suppliers (classes of units) and k takers. */
export function maximumFlow({ supply, demand, takers }: Transport): Flow {
  const suppliers = supply.length;
  const k = demand.length;
  let total = 0;
  for (let s = 0; s < suppliers; s++) total += supply[s]!;
  const least = LEAST * total;
  const left = Float64Array.from(supply);
  const room = Float64Array.from(demand);
  const flow = takers.map((list) => new Float64Array(list.length));
  // the suppliers of each taker, for the way back
  const givers: [number, number][][] = Array.from({ length: k }, () => []);
  for (let s = 0; s < suppliers; s++) for (let i = 0; i < takers[s]!.length; i++) givers[takers[s]![i]!]!.push([s, i]);
  const from = new Int32Array(suppliers + k);
  const by = new Int32Array(suppliers + k);
  let shipped = 0;
  for (;;) {
    from.fill(-2);
    const queue: number[] = [];
    for (let s = 0; s < suppliers; s++) {
      if (left[s]! <= least) continue;
      from[s] = -1;
      queue.push(s);
    }
    let end = -1;
    for (let head = 0; head < queue.length && end < 0; head++) {
      const at = queue[head]!;
      if (at < suppliers) {
        takers[at]!.forEach((t, i) => {
          if (from[suppliers + t] !== -2) return;
          from[suppliers + t] = at;
          by[suppliers + t] = i;
          queue.push(suppliers + t);
        });
        continue;
      }
      if (room[at - suppliers]! > least) {
        end = at;
        break;
      }
      for (const [s, i] of givers[at - suppliers]!) {
        if (from[s] !== -2 || flow[s]![i]! <= least) continue;
        from[s] = at;
        by[s] = i;
        queue.push(s);
      }
    }
    if (end < 0) break;
    let amount = room[end - suppliers]!;
    let first = end;
    for (let at = end; at >= 0; at = from[at]!) {
      first = at;
      if (at < suppliers && from[at]! >= 0) amount = Math.min(amount, flow[at]![by[at]!]!);
    }
    amount = Math.min(amount, left[first]!);
    for (let at = end; from[at]! >= 0; at = from[at]!) {
      if (at >= suppliers) flow[from[at]!]![by[at]!]! += amount;
      else flow[at]![by[at]!]! -= amount;
    }
    left[first]! -= amount;
    room[end - suppliers]! -= amount;
    shipped += amount;
  }
  const side = (start: number, count: number) =>
    Array.from({ length: count }, (_, i) => i).filter((i) => from[start + i] !== -2);
  return { shipped, suppliers: side(0, suppliers), reached: side(suppliers, k) };
}
