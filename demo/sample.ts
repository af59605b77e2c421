import type { ProblemInput } from 'equiterra';
import type { MultiPolygon } from 'geojson';
import { type PackedArea, type PackedLines, unpackArea, unpackLines } from './outlines.js';
import type { Source } from './source.js';

/** Contents of sample.bin; docs/sample.md tells which columns are real and how the others are made. */
interface PackedSample {
  readonly format: number;
  readonly places: {
    readonly id: readonly number[];
    readonly name: readonly string[];
    readonly states: readonly string[];
    readonly state: readonly number[];
    readonly lat: readonly number[];
    readonly lng: readonly number[];
    readonly population: readonly number[];
    readonly potentialCap: number;
  };
  readonly made: {
    readonly classes: readonly string[];
    readonly class: readonly number[];
    readonly hoursTenths: readonly number[];
    readonly reps: readonly string[];
    readonly rep: readonly number[];
  };
  readonly outlines: { readonly ground: PackedArea; readonly stateLines: PackedLines; readonly neighbors: PackedArea };
}

export interface Basemap {
  readonly ground: MultiPolygon;
  readonly neighbors: MultiPolygon;
  readonly stateLines: [number, number][][];
}

export interface Sample {
  readonly source: Source;
  readonly basemap: Basemap;
}

const DEGREE_SCALE = 1e5;
const RESOLUTION = 5;
/** In hours · km²: about a tenth of the cost, so that borders through empty cells, which inertia does not see, run straight. */
const CUT_EDGE_WEIGHT = 20_000;

/** Fetches the data file from the page's own origin and turns it into a source and a basemap. */
export async function loadSample(url: string): Promise<Sample> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the sample data answered with status ${response.status}`);
  const text = await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
  const packed = JSON.parse(text) as PackedSample;
  if (packed.format !== 1) throw new Error('the sample data has another format than this page');
  const basemap: Basemap = {
    ground: { type: 'MultiPolygon', coordinates: unpackArea(packed.outlines.ground) },
    neighbors: { type: 'MultiPolygon', coordinates: unpackArea(packed.outlines.neighbors) },
    stateLines: unpackLines(packed.outlines.stateLines),
  };
  return { source: sampleSource(packed, basemap.ground), basemap };
}

function sampleSource({ places, made }: PackedSample, ground: MultiPolygon): Source {
  const { name, states, state, population, potentialCap } = places;
  const labels = name.map((place, a) => `${place}, ${states[state[a]!]}`);
  const ids = fromDeltas(places.id);
  const hours = made.hoursTenths.map((tenths) => tenths / 10);
  const input: ProblemInput = {
    name: 'US places',
    accounts: {
      id: labels.map((label, a) => `${label} (${ids[a]})`),
      lat: fromDeltas(places.lat).map((value) => value / DEGREE_SCALE),
      lng: fromDeltas(places.lng).map((value) => value / DEGREE_SCALE),
      activity: { hours, potential: population.map((people) => Math.min(people, potentialCap)) },
      territory: made.rep.map((rep) => made.reps[rep]!),
    },
    resolution: RESOLUTION,
    ground,
    territories: made.reps.map((id) => ({ id })),
    balance: { hours: { tolerance: 0.05 }, potential: { tolerance: 0.1 } },
    contiguity: 'required',
    objective: { weight: 'hours', cutEdges: CUT_EDGE_WEIGHT },
  };
  return {
    kind: 'sample',
    title: 'Populated places of the contiguous United States',
    input,
    skipped: [],
    describeAccount: (a) => `${labels[a]} · ${made.classes[made.class[a]!]} · ${hours[a]!.toFixed(1)} h`,
  };
}

function fromDeltas(deltas: readonly number[]): number[] {
  let sum = 0;
  return deltas.map((delta) => (sum += delta));
}
