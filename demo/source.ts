import type { ProblemInput, TerritorySpec } from 'equiterra';
import type { SkippedRow } from 'equiterra/io';
import type { MultiPolygon } from 'geojson';

/** Where the accounts on the page come from. */
export interface Source {
  readonly kind: 'sample' | 'csv' | 'document';
  readonly title: string;
  readonly input: ProblemInput;
  readonly skipped: readonly SkippedRow[];
  /** One line about an account for the map's tooltip; its id when absent. */
  readonly describeAccount?: (account: number) => string;
}

/** What the settings form holds. */
export interface Settings {
  readonly territories: number;
  /** H3 resolution, or `'adaptive'` as the document says; null when the units are given. */
  readonly resolution: number | 'adaptive' | null;
  readonly measures: readonly MeasureSetting[];
}

export interface MeasureSetting {
  readonly name: string;
  readonly balanced: boolean;
  /** Relative tolerance; null keeps the absolute bounds of a document. */
  readonly tolerance: number | null;
}

const DEFAULT_TOLERANCE = 0.05;

/** The form's values for an input whose measures are known. */
export function settingsOf(input: ProblemInput, measures: readonly string[]): Settings {
  const { territories, resolution = null, balance } = input;
  const rules = new Map(Object.entries(balance ?? {}));
  return {
    territories: typeof territories === 'number' ? territories : territories.length,
    resolution,
    measures: measures.map((name) => {
      const rule = rules.get(name);
      const tolerance = rule ? (rule.tolerance ?? null) : DEFAULT_TOLERANCE;
      return { name, balanced: balance === undefined || rule !== undefined, tolerance };
    }),
  };
}

/** The source's input under the form's values. Territories that the source names are kept while their number is. */
export function applySettings(input: ProblemInput, settings: Settings, todayIds: readonly string[]): ProblemInput {
  const rules = new Map(Object.entries(input.balance ?? {}));
  const balanced = settings.measures.filter((measure) => measure.balanced);
  const balance = Object.fromEntries(
    balanced.map(({ name, tolerance }) => [name, tolerance === null ? (rules.get(name) ?? {}) : { tolerance }]),
  );
  return {
    ...input,
    territories: nameTerritories(input.territories, settings.territories, todayIds),
    balance,
    ...(settings.resolution === null ? {} : { resolution: settings.resolution }),
  };
}

function nameTerritories(
  given: ProblemInput['territories'],
  count: number,
  todayIds: readonly string[],
): number | readonly TerritorySpec[] {
  if (count === (typeof given === 'number' ? given : given.length)) return given;
  return count === todayIds.length ? todayIds.map((id) => ({ id })) : count;
}

/** A first input for accounts of a file: as many territories as reps, cells fine enough for a detailed map. */
export function inputOfAccounts(
  name: string,
  accounts: NonNullable<ProblemInput['accounts']> & { readonly lat: ArrayLike<number> },
  basemapGround: MultiPolygon | null,
): ProblemInput {
  const columns = accounts as {
    lat: ArrayLike<number>;
    lng: ArrayLike<number>;
    territory?: readonly (string | null)[];
  };
  const box = boxOf(columns);
  const reps = [...new Set(columns.territory ?? [])].filter((rep): rep is string => rep !== null).sort();
  const territories = reps.length > 1 ? reps.map((id) => ({ id })) : guessCount(accounts.lat.length);
  return {
    name,
    accounts,
    resolution: guessResolution(box),
    ground: basemapGround && insideUnitedStates(box) ? basemapGround : 'hull',
    territories,
  };
}

interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

function boxOf({ lat, lng }: { lat: ArrayLike<number>; lng: ArrayLike<number> }): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let a = 0; a < lat.length; a++) {
    west = Math.min(west, lng[a]!);
    east = Math.max(east, lng[a]!);
    south = Math.min(south, lat[a]!);
    north = Math.max(north, lat[a]!);
  }
  return { west, south, east, north };
}

/** Accounts all over the contiguous United States get its outline; a smaller region gets the hull of its accounts. */
function insideUnitedStates({ west, south, east, north }: Box): boolean {
  return west > -125.5 && east < -66 && south > 24 && north < 49.6 && east - west > 20;
}

function guessCount(accounts: number): number {
  return Math.max(1, Math.min(12, Math.floor(accounts / 4)));
}

const CELL_GOAL = 12_000;
const MEAN_CELL_KM2_AT_0 = 4_357_449;

function guessResolution({ west, south, east, north }: Box): number {
  const km = 111.2;
  const width = (east - west) * km * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const area = Math.max(1, width * (north - south) * km);
  let resolution = 3;
  while (resolution < 9 && area / (MEAN_CELL_KM2_AT_0 / 7 ** (resolution + 1)) <= CELL_GOAL) resolution++;
  return resolution;
}
