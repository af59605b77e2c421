import type { Objective, Problem, Territory } from '../../src/types.js';

export interface TinyInput {
  /** One array per measure. */
  readonly activity: readonly (readonly number[])[];
  readonly measures?: readonly string[];
  /** With the length of the border in km, all of them or none. */
  readonly edges?: readonly (readonly [u: number, v: number, km?: number])[];
  readonly lngLat?: readonly number[];
  readonly xy?: readonly number[];
  readonly territories: readonly (Partial<Territory> & { id: string })[];
  readonly tolerance?: number;
  readonly contiguity?: 'required' | 'off';
  readonly objective?: Partial<Objective>;
  readonly todayIds?: readonly string[];
  readonly today?: readonly number[];
  readonly links?: readonly (readonly [string, string])[];
  readonly accounts?: readonly {
    readonly unit: number;
    readonly today?: number;
    readonly activity: readonly number[];
    readonly at?: readonly [number, number];
    readonly group?: number;
  }[];
  readonly groups?: readonly string[];
}

/** A problem built by hand from general units `u0`, `u1`, …: what the tests of one metric need and no more. */
export function tinyProblem(input: TinyInput): Problem {
  const measures = input.measures ?? input.activity.map((_, m) => `m${m}`);
  const n = input.activity[0]!.length;
  const lists: [v: number, km: number][][] = Array.from({ length: n }, () => []);
  for (const [u, v, km = 0] of input.edges ?? []) {
    lists[u]!.push([v, km]);
    lists[v]!.push([u, km]);
  }
  const offsets = new Int32Array(n + 1);
  lists.forEach((list, u) => {
    list.sort(([a], [b]) => a - b);
    offsets[u + 1] = offsets[u]! + list.length;
  });
  const contiguous = input.contiguity !== 'off';
  const territories = input.territories.map((t) => ({ share: 1, center: null, locked: false, contiguous, ...t }));
  const shares = territories.reduce((sum, t) => sum + t.share, 0);
  const totals = input.activity.map((row) => row.reduce((sum, x) => sum + x, 0));
  const target = Float64Array.from(totals.flatMap((total) => territories.map((t) => (total * t.share) / shares)));
  const tolerance = input.tolerance ?? 0.05;
  const { accounts } = input;
  const held = accounts?.some((a) => a.today !== undefined);
  const count = new Int32Array(n);
  for (const a of accounts ?? []) count[a.unit]!++;
  return {
    name: 'tiny',
    resolution: null,
    ids: Array.from({ length: n }, (_, u) => `u${u}`),
    measures,
    activity: Float64Array.from(input.activity.flat()),
    accountCount: accounts ? count : null,
    lngLat: input.lngLat ? Float64Array.from(input.lngLat) : null,
    xy: input.xy ? Float64Array.from(input.xy) : null,
    areaKm2: null,
    offsets,
    neighbors: Int32Array.from(lists.flat(), ([v]) => v),
    edgeKm:
      input.edges?.[0]?.[2] === undefined
        ? null
        : Float64Array.from(lists.flat(), ([, km]) => Math.round(km * 1e6) / 1e6),
    outerKm: null,
    ring: null,
    links: input.links ?? [],
    territories,
    balance: Object.fromEntries(measures.map((measure) => [measure, { tolerance }])),
    target,
    lower: target.map((x) => x * (1 - tolerance)),
    upper: target.map((x) => x * (1 + tolerance)),
    contiguity: input.contiguity ?? 'required',
    objective: {
      inertia: 1,
      cutEdges: 0,
      borderKm: 0,
      disruption: 0,
      mix: 0,
      weight: measures[0]!,
      power: 2,
      distance: input.lngLat ? 'great-circle' : 'planar',
      center: 'centroid',
      ...input.objective,
    },
    pinned: null,
    demands: null,
    accountClass: null,
    classes: [],
    accountFamily: null,
    families: [],
    accountMonths: null,
    levels: [],
    todayIds: input.todayIds ?? territories.map((t) => t.id),
    today: input.today ? Int32Array.from(input.today) : null,
    accountIds: accounts ? accounts.map((_, a) => `a${a}`) : null,
    accountUnit: accounts ? Int32Array.from(accounts, (a) => a.unit) : null,
    accountTerritory: accounts && held ? Int32Array.from(accounts, (a) => a.today ?? -1) : null,
    accountActivity: accounts
      ? Float64Array.from(measures.flatMap((_, m) => accounts.map((a) => a.activity[m]!)))
      : null,
    accountLngLat: accounts ? Float64Array.from(accounts.flatMap((a) => a.at ?? [0, 0])) : null,
    accountGroup: accounts && input.groups ? Int32Array.from(accounts, (a) => a.group ?? -1) : null,
    groups: input.groups ?? [],
    outside: null,
  };
}

/** Edges of a w × h grid, units row by row. */
export function gridEdges(w: number, h: number): [number, number][] {
  const edges: [number, number][] = [];
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const u = y * w + x;
      if (x + 1 < w) edges.push([u, u + 1]);
      if (y + 1 < h) edges.push([u, u + w]);
    }
  }
  return edges;
}

/** The edges with lengths by a fixed rule: 0 to 3 km in steps of a tenth. */
export function withLengths(edges: readonly (readonly [number, number])[]): [number, number, number][] {
  return edges.map(([u, v]) => [u, v, ((u * 7 + v * 13) % 31) / 10]);
}

/** Planar positions of that grid, 1 km apart. */
export function gridXy(w: number, h: number): number[] {
  return Array.from({ length: w * h }, (_, u) => [u % w, Math.floor(u / w)]).flat();
}

export function territories(k: number): { id: string }[] {
  return Array.from({ length: k }, (_, t) => ({ id: `T${t + 1}` }));
}
