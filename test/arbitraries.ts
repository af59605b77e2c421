/**
 * Small problems of every kind, for property tests: hexagon blobs with holes and islands, at pentagons, poles and the
 * antimeridian; planar graphs; several measures of any size; shares, fixed centres, locked territories, today's plan.
 * Every input is valid; at most about 60 units.
 */
import fc from 'fast-check';
import { cellToChildren, cellToLatLng, cellToParent, getPentagons, getResolution, gridDisk, latLngToCell } from 'h3-js';
import { prepareProblem } from '../src/problem/prepare.js';
import type {
  Account,
  BalanceRule,
  Cell,
  ObjectiveInput,
  Problem,
  ProblemInput,
  TerritorySpec,
  Unit,
} from '../src/types.js';

/** `'adaptive'`: accounts over cells of adaptive resolution. */
export type SourceKind = 'accounts' | 'cells' | 'units' | 'adaptive';

export interface ArbitraryOptions {
  /** @default all four */
  readonly kinds?: readonly SourceKind[];
  /** Territories at most; one more than units is never drawn. @default 6 */
  readonly maxTerritories?: number;
  /** @default both */
  readonly contiguity?: 'required' | 'off';
}

/** A small, valid problem document. */
export function problemInput(options: ArbitraryOptions = {}): fc.Arbitrary<ProblemInput> {
  const kinds = options.kinds ?? ['accounts', 'cells', 'units', 'adaptive'];
  return fc
    .constantFrom(...kinds)
    .chain((kind) => SOURCES[kind]())
    .chain((source) => withDemands(source, options));
}

/** The same, prepared. */
export function problem(options: ArbitraryOptions = {}): fc.Arbitrary<Problem> {
  return problemInput(options).map((input) => prepareProblem(input));
}

// ─── sources ─────────────────────────────────────────────────────────────────

interface Source {
  readonly document: Omit<ProblemInput, 'territories'>;
  /** Units there are at least. */
  readonly count: number;
  readonly measures: readonly string[];
  /** Whether borders have lengths. */
  readonly measured: boolean;
  /** Places for fixed centres, by the distance they go with; none for units without positions. */
  readonly spots: Partial<Record<'great-circle' | 'planar', readonly [number, number]>>;
}

const PLACES: readonly (readonly [lat: number, lng: number])[] = [
  [39.5, -105.5],
  [0.1, 0.1],
  [-16.8, 179.98],
  [66.5, -179.99],
  [89.9, 10],
];

/** Cells of one resolution in one place: a disk with holes, sometimes with a second disk some cells away. */
export function cellBlob(): fc.Arbitrary<string[]> {
  return fc
    .record({
      resolution: fc.integer({ min: 2, max: 8 }),
      place: fc.integer({ min: -1, max: PLACES.length - 1 }),
      radius: fc.constantFrom(0, 1, 1, 2, 2, 3),
      holes: fc.array(fc.nat(60), { maxLength: 8 }),
      island: fc.option(fc.record({ distance: fc.integer({ min: 2, max: 5 }), radius: fc.constantFrom(0, 1) })),
    })
    .map(({ resolution, place, radius, holes, island }) => {
      const center = place < 0 ? getPentagons(resolution)[3]! : latLngToCell(...PLACES[place]!, resolution);
      const disk = gridDisk(center, radius);
      const removed = new Set(holes.map((hole) => disk[hole]));
      const cells = disk.filter((cell, i) => i === 0 || !removed.has(cell));
      if (!island) return cells.sort();
      const far = gridDisk(center, radius + island.distance).at(-1)!;
      return [...new Set([...cells, ...gridDisk(far, island.radius)])].sort();
    });
}

const MEASURE_NAMES = ['hours', 'revenue', 'constructor', '__proto__'];

/** Values of one measure for `count` rows, at least one of them above 0. */
function activityColumn(count: number): fc.Arbitrary<number[]> {
  const exact = fc.integer({ min: 0, max: 20 });
  const share = fc.integer({ min: 0, max: 1e6 }).map((millionths) => millionths / 1e6);
  const kinds: fc.Arbitrary<number>[] = [
    exact,
    exact,
    share,
    share.map((value) => value * 1e12),
    share.map((value) => value * 1e-9),
    fc.constantFrom<number[]>(0, 0, 0, 1),
  ];
  const columns = kinds.map((value) => fc.array(value, { minLength: count, maxLength: count }));
  return fc.oneof(...columns).map((column) => (column.some((value) => value > 0) ? column : [1, ...column.slice(1)]));
}

/** One to three measures of `count` rows each, as own keys of objects without surprises. */
function activityRows(count: number): fc.Arbitrary<{ measures: string[]; rows: Record<string, number>[] }> {
  return fc.subarray(MEASURE_NAMES, { minLength: 1, maxLength: 3 }).chain((measures) =>
    fc.tuple(...measures.map(() => activityColumn(count))).map((columns) => ({
      measures,
      rows: Array.from({ length: count }, (_, i) =>
        Object.fromEntries(measures.map((measure, m) => [measure, columns[m]![i]!])),
      ),
    })),
  );
}

/** Territory names per row: own ids, other ids and none; or no plan today at all. */
function todayColumn(count: number): fc.Arbitrary<(string | null)[] | null> {
  const name = fc.constantFrom('T1', 'T1', 'T2', 'T2', 'T3', 'ann', 'bob <b>', null);
  return fc.option(fc.array(name, { minLength: count, maxLength: count }));
}

function spotOf(cell: string): [lng: number, lat: number] {
  const [lat, lng] = cellToLatLng(cell);
  return [lng, lat];
}

function cellSource(): fc.Arbitrary<Source> {
  return cellBlob().chain((ids) =>
    fc
      .record({
        activity: activityRows(ids.length),
        today: todayColumn(ids.length),
        ground: fc.constantFrom('bridge' as const, 'hull' as const),
      })
      .map(({ activity, today, ground }): Source => {
        const cells = ids.map((cell, i): Cell => {
          const row = { cell, activity: activity.rows[i]! };
          return today ? { ...row, territory: today[i]! } : row;
        });
        const spots = { 'great-circle': spotOf(ids[0]!) };
        return { document: { cells, ground }, count: ids.length, measures: activity.measures, measured: true, spots };
      }),
  );
}

function accountSource(): fc.Arbitrary<Source> {
  return cellBlob()
    .chain((cells) => fc.array(fc.constantFrom(...cells), { minLength: 1, maxLength: 2 * cells.length }))
    .chain((at) => {
      const group = fc.constantFrom('acme', 'zeta', null);
      return fc
        .record({
          activity: fc.option(activityRows(at.length), { freq: 8 }),
          today: todayColumn(at.length),
          groups: fc.option(fc.array(group, { minLength: at.length, maxLength: at.length })),
        })
        .map(({ activity, today, groups }): Source => {
          const accounts = at.map((cell, a): Account => {
            const [lng, lat] = spotOf(cell);
            return {
              id: `a${a}`,
              lat,
              lng,
              ...(activity ? { activity: activity.rows[a]! } : {}),
              ...(today ? { territory: today[a]! } : {}),
              ...(groups ? { group: groups[a]! } : {}),
            };
          });
          return {
            document: { accounts, resolution: getResolution(at[0]!) },
            count: new Set(at).size,
            measures: activity?.measures ?? ['accounts'],
            measured: true,
            spots: { 'great-circle': spotOf(at[0]!) },
          };
        });
    });
}

/** Accounts somewhere in cells, up to two resolutions finer, where the heavier cells are split. */
function adaptiveSource(): fc.Arbitrary<Source> {
  const place = (cells: readonly string[]) =>
    fc.tuple(fc.constantFrom(...cells), fc.nat(48)).map(([cell, child]) => {
      const children = cellToChildren(cell, getResolution(cell) + 2);
      return children[child % children.length]!;
    });
  return cellBlob()
    .chain((cells) =>
      fc.record({
        coarsest: fc.constant(getResolution(cells[0]!)),
        at: fc.array(place(cells), { minLength: 1, maxLength: 2 * cells.length }),
        depth: fc.integer({ min: 0, max: 2 }),
        share: fc.constantFrom(0.1, 0.3, 1),
        ground: fc.constantFrom('bridge' as const, 'bridge' as const, 'hull' as const),
      }),
    )
    .chain(({ coarsest, at, depth, share, ground }) =>
      fc.record({ activity: activityRows(at.length), today: todayColumn(at.length) }).map(({ activity, today }) => {
        const accounts = at.map((cell, a): Account => {
          const [lng, lat] = spotOf(cell);
          const row = { id: `a${a}`, lat, lng, activity: activity.rows[a]! };
          return today ? { ...row, territory: today[a]! } : row;
        });
        const adaptive = { coarsest, finest: coarsest + depth, share };
        const cellOf = ({ lat, lng }: Account) => cellToParent(latLngToCell(lat, lng, coarsest + depth), coarsest);
        return {
          document: { accounts, resolution: 'adaptive' as const, adaptive, ground },
          count: new Set(accounts.map(cellOf)).size,
          measures: activity.measures,
          measured: true,
          spots: { 'great-circle': spotOf(at[0]!) },
        };
      }),
    );
}

const SOURCES: Readonly<Record<SourceKind, () => fc.Arbitrary<Source>>> = {
  accounts: accountSource,
  cells: cellSource,
  units: generalSource,
  adaptive: adaptiveSource,
};

/** A lattice with some diagonals, which is planar, minus some edges, with points that are a little off. */
function generalSource(): fc.Arbitrary<Source> {
  return fc
    .record({
      width: fc.integer({ min: 1, max: 6 }),
      height: fc.integer({ min: 1, max: 5 }),
      positions: fc.subarray(['great-circle' as const, 'planar' as const]),
      stepKm: fc.constantFrom(0.01, 1, 50),
    })
    .chain(({ width, height, positions, stepKm }) => {
      const count = width * height;
      const off = fc.integer({ min: -40, max: 40 }).map((hundredths) => hundredths / 100);
      return fc
        .record({
          activity: activityRows(count),
          today: todayColumn(count),
          jitter: fc.array(off, { minLength: 2 * count, maxLength: 2 * count }),
          keep: fc.array(fc.constantFrom(true, true, true, false), { minLength: 3 * count, maxLength: 3 * count }),
          lengths: fc.option(fc.array(fc.constantFrom(0, 0.5, 1, 3.25, 40), { minLength: 1, maxLength: 7 })),
        })
        .map(({ activity, today, jitter, keep, lengths }): Source => {
          const units = Array.from({ length: count }, (_, u): Unit => {
            const x = ((u % width) + jitter[2 * u]!) * stepKm;
            const y = (Math.floor(u / width) + jitter[2 * u + 1]!) * stepKm;
            return {
              id: `u${u}`,
              ...(positions.includes('planar') ? { x, y } : {}),
              ...(positions.includes('great-circle') ? { lat: 45 + y / 111, lng: 7 + x / 79 } : {}),
              activity: activity.rows[u]!,
              ...(today ? { territory: today[u]! } : {}),
            };
          });
          const places = { 'great-circle': [7.01, 45.01], planar: [1.5, 1.5] } as const;
          const edges = latticeEdges(width, height, keep);
          return {
            document: {
              units,
              edges: lengths ? edges.map(([u, v], e) => [u, v, lengths[e % lengths.length]! * stepKm] as const) : edges,
            },
            count,
            measures: activity.measures,
            measured: lengths !== null,
            spots: Object.fromEntries(positions.map((distance) => [distance, places[distance]])),
          };
        });
    });
}

function latticeEdges(width: number, height: number, keep: readonly boolean[]): [number, number][] {
  const edges: [number, number][] = [];
  for (let u = 0; u < width * height; u++) {
    const right = u % width < width - 1;
    const down = u + width < width * height;
    if (right && keep[3 * u]) edges.push([u, u + 1]);
    if (down && keep[3 * u + 1]) edges.push([u + width, u]);
    if (right && down && keep[3 * u + 2]) edges.push([u, u + width + 1]);
  }
  return edges;
}

// ─── demands ─────────────────────────────────────────────────────────────────

function withDemands(source: Source, options: ArbitraryOptions): fc.Arbitrary<ProblemInput> {
  const most = Math.min(source.count, options.maxTerritories ?? 6);
  const distances = Object.keys(source.spots) as ('great-circle' | 'planar')[];
  const some = distances.length > 0 ? fc.constantFrom(...distances) : fc.constant(null);
  return fc
    .record({
      k: fc.integer({ min: 1, max: most }),
      distance: some,
      specs: fc.option(fc.array(specShape(), { minLength: most, maxLength: most })),
      balance: fc.option(balanceOf(source.measures)),
      contiguity: options.contiguity
        ? fc.constant(options.contiguity)
        : fc.constantFrom('required' as const, 'required' as const, 'off' as const),
      inertia: fc.constantFrom(0, 1, 2.5),
      cutEdges: fc.constantFrom(0, 0, 3),
      borderKm: fc.constantFrom(0, 0, 0.7),
      disruption: fc.constantFrom(0, 0, 1),
      weight: fc.constantFrom(undefined, null, ...source.measures),
      power: fc.constantFrom(1 as const, 2 as const),
      center: fc.constantFrom('centroid' as const, 'unit' as const),
      picks: fc.record({
        links: fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 1 }),
        barriers: fc.array(fc.nat(999), { maxLength: 2 }),
      }),
    })
    .map(({ k, distance, specs, balance, contiguity, inertia, borderKm, weight, picks, ...rest }) => {
      const spot = distance ? source.spots[distance] : undefined;
      const objective: ObjectiveInput = {
        ...rest,
        inertia: distance ? inertia : 0,
        ...(source.measured ? { borderKm } : {}),
        ...(weight === undefined ? {} : { weight }),
        ...(distance ? { distance } : {}),
      };
      const territories = specs?.slice(0, k).map((spec, t) => toSpec(spec, t, spot)) ?? k;
      const input = { ...source.document, territories, contiguity, objective, ...(balance ? { balance } : {}) };
      return amend(input, picks, specs?.map((spec) => spec.locked) ?? []);
    });
}

function specShape() {
  return fc.record({
    share: fc.constantFrom(undefined, 0.5, 1, 2),
    centered: fc.constantFrom(false, false, true),
    locked: fc.constantFrom(false, false, true),
  });
}

function toSpec(
  shape: { share: number | undefined; centered: boolean },
  t: number,
  spot: readonly [number, number] | undefined,
): TerritorySpec {
  return {
    id: `T${t + 1}`,
    ...(shape.share ? { share: shape.share } : {}),
    ...(shape.centered && spot ? { center: spot } : {}),
  };
}

function balanceOf(measures: readonly string[]): fc.Arbitrary<Record<string, BalanceRule>> {
  const rule = fc.constantFrom<BalanceRule[]>(
    { tolerance: 0 },
    { tolerance: 0.05 },
    { tolerance: 0.3 },
    { tolerance: 2 },
    { upper: 12 },
    { lower: 1 },
    { lower: 2, upper: 30 },
  );
  return fc
    .subarray([...measures], { minLength: 1 })
    .chain((balanced) =>
      fc
        .tuple(...balanced.map(() => rule))
        .map((rules) => Object.fromEntries(balanced.map((measure, i) => [measure, rules[i]!]))),
    );
}

/** Adds what must fit the units that come out: a link, barriers between neighbours, locks of territories with units. */
function amend(
  input: ProblemInput,
  picks: { readonly links: [number, number][]; readonly barriers: number[] },
  locks: readonly boolean[],
): ProblemInput {
  const { ids, offsets, neighbors, links: automatic, today } = prepareProblem(input);
  const n = ids.length;
  const key = (a: number, b: number) => Math.min(a, b) * n + Math.max(a, b);
  const links = picks.links.map(([a, b]) => [a % n, b % n] as const).filter(([a, b]) => a !== b);
  const taken = new Set(links.map(([a, b]) => key(a, b)));
  for (const [a, b] of automatic) taken.add(key(ids.indexOf(a), ids.indexOf(b)));
  const barriers: [string, string][] = [];
  for (const pick of picks.barriers) {
    const slot = pick % Math.max(1, neighbors.length);
    const u = offsets.findIndex((offset) => offset > slot) - 1;
    const v = neighbors[slot];
    if (v !== undefined && !taken.has(key(u, v))) barriers.push([ids[u]!, ids[v]!]);
  }
  const { territories } = input;
  const locked =
    typeof territories === 'number'
      ? territories
      : territories.map((spec, t) => (locks[t] && today?.includes(t) ? { ...spec, locked: true } : spec));
  return {
    ...input,
    territories: locked,
    ...(links.length ? { links: links.map(([a, b]) => [ids[a]!, ids[b]!] as const) } : {}),
    ...(barriers.length ? { barriers } : {}),
  };
}
