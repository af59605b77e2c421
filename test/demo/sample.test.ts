import { beforeAll, describe, expect, it } from 'vitest';
import { loadSample, type Sample } from '../../demo/sample.js';
import { buildSample, encodeSample } from '../../scripts/prepare-sample.mjs';
import { readPlaces } from '../../scripts/sample-places.mjs';
import { draw } from '../../scripts/sample-rule.mjs';
import { overlapToday } from '../../src/metrics/overlap.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { AccountColumns, Problem } from '../../src/types.js';

let bytes: Buffer;
let sample: Sample;
let accounts: AccountColumns;
let problem: Problem;

beforeAll(async () => {
  bytes = encodeSample(buildSample());
  sample = await loadSample(`data:application/octet-stream;base64,${bytes.toString('base64')}`);
  accounts = sample.source.input.accounts as AccountColumns;
  problem = prepareProblem(sample.source.input);
}, 120_000);

describe('the prepared sample', () => {
  it('is small, and the same every time', () => {
    expect(bytes.length).toBeLessThan(600_000);
    expect(encodeSample(buildSample()).equals(bytes)).toBe(true);
  });

  it('holds the populated places of the contiguous United States as they are in the source', () => {
    const places = readPlaces();
    expect(accounts.id).toHaveLength(places.length);
    expect(places.length).toBeGreaterThan(16_000);
    places.forEach((place, a) => {
      expect(accounts.lat[a]).toBe(place.lat);
      expect(accounts.lng[a]).toBe(place.lng);
      expect(accounts.activity!.potential![a]).toBe(Math.min(place.population, 200_000));
      expect(accounts.id![a]).toBe(`${place.name}, ${place.state} (${place.id})`);
    });
  });

  it('leaves out the city whose boroughs are listed', () => {
    const names = readPlaces().map((place) => place.name);
    expect(names).not.toContain('New York City');
    for (const borough of ['Manhattan', 'Brooklyn', 'Queens', 'The Bronx', 'Staten Island']) {
      expect(names).toContain(borough);
    }
  });

  it('has a ground that is the contiguous United States', () => {
    expect(problem.ids.length).toBeGreaterThan(29_000);
    expect(problem.ids.length).toBeLessThan(32_000);
    expect(problem.outside!.length).toBeLessThan(30);
    const { ground, neighbors } = sample.basemap;
    for (const area of [ground, neighbors]) {
      for (const ring of area.coordinates.flat()) {
        expect(ring.length).toBeGreaterThanOrEqual(4);
        expect(ring.at(-1)).toEqual(ring[0]);
      }
    }
  });

  it('has reps who overlap and are unbalanced, as real ones are', () => {
    const overlap = overlapToday(problem)!;
    expect(overlap.reps).toHaveLength(40);
    expect(overlap.unitShare).toBeGreaterThan(0.25);
    expect(overlap.unitShare).toBeLessThan(0.4);
    const deviations = overlap.reps.map((rep) => rep.deviation.hours!);
    expect(Math.max(...deviations)).toBeGreaterThan(0.4);
    expect(Math.max(...deviations)).toBeLessThan(0.65);
    expect(Math.min(...deviations)).toBeGreaterThan(-0.65);
  });

  it('has no cell that alone exceeds a tolerance', () => {
    const [n, k] = [problem.ids.length, problem.territories.length];
    problem.measures.forEach((_, m) => {
      expect(Math.max(...problem.activity.subarray(m * n, (m + 1) * n))).toBeLessThan(problem.upper[m * k]!);
    });
  });

  it('describes an account with its class and hours', () => {
    expect(sample.source.describeAccount!(0)).toMatch(
      /^.+, [A-Z]{2} · (invest|core|opportunistic|divest) · \d+\.\d h$/,
    );
  });

  it('refuses another format in words', async () => {
    const other = encodeSample({ ...buildSample(), format: 2 });
    const url = `data:application/octet-stream;base64,${other.toString('base64')}`;
    await expect(loadSample(url)).rejects.toThrow('another format');
  });
});

describe('draw', () => {
  it('spreads evenly and depends on every key', () => {
    const bins = new Int32Array(10);
    for (let id = 0; id < 20_000; id++) bins[Math.floor(draw(1, id, 3) * 10)]! += 1;
    for (const bin of bins) expect(Math.abs(bin - 2000)).toBeLessThan(220);
    expect(new Set([draw(1, 2, 3), draw(2, 2, 3), draw(1, 3, 3), draw(1, 2, 4)]).size).toBe(4);
  });
});
