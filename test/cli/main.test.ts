import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { parsePlanDocument } from '../../src/io/index.js';

const folder = mkdtempSync(join(tmpdir(), 'equiterra-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('main', () => {
  it('exits 2 with the usage for bad arguments', async () => {
    for (const argv of [[], ['a.json', '--seconds', '0'], ['a.json', '--frobnicate'], ['a.json', '--levels', 'up']]) {
      const { code, out, err } = await run(...argv);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('usage: npm run solve');
    }
  });

  it('exits 2 before anything is read when the plan could not be written', async () => {
    const { code, err } = await run(file('good.json', '{'), '--out', join(folder, 'missing', 'plan.json'));
    expect(code).toBe(2);
    expect(err).toContain('--out must lie in a folder that exists');
  });

  it('exits 2 when the plan would overwrite a folder', async () => {
    const { code, err } = await run(file('fine.json', '{'), '--out', folder);
    expect(code).toBe(2);
    expect(err).toContain('--out must be a file, not a folder');
  });

  it('says which accounts lie off the ground, and which links were added', async () => {
    // a ground around 10° east, 48° north whose corners are given the wrong way round
    const coordinates = [
      [
        [47, 9],
        [49, 9],
        [49, 11],
        [47, 11],
        [47, 9],
      ],
    ];
    const accounts = [9.2, 9.8, 10.4].map((lng) => ({ lat: 48, lng, activity: { hours: 1 } }));
    const document = {
      equiterra: 1,
      accounts,
      resolution: 3,
      ground: { type: 'Polygon', coordinates },
      territories: 1,
    };
    const path = file('swapped.json', JSON.stringify(document));
    const { code, err } = await run(path, '--moves', '100', '--bound', '0', '--workers', '1');
    expect(code).toBe(0);
    expect(err).toContain('3 of 3 accounts lie outside the ground and are served all the same.');
    expect(err).toMatch(/\d links? (was|were) added to join parts of the map that no border joins; the first is 83/);
  });

  it('exits 0 with the usage when asked', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('usage: npm run solve');
  });

  it.each([
    ['broken.json', '{"equiterra": 1,\n  oops}', 'document is not JSON: line 2, column 3'],
    ['empty.json', '', 'document is not JSON: line 1, column 1'],
    ['old.json', '{"cells":[]}', 'equiterra must be 1'],
    ['newer.json', '{"equiterra":9}', 'equiterra must be 1; the document is of a newer version'],
    ['plan.json', '{"equiterra":1,"plan":true}', 'plan is not part of a problem document; this is a plan'],
    ['latin.json', Uint8Array.of(0x22, 0xe4, 0x22), 'document must be UTF-8 text'],
    ['cut.json.gz', gzipSync('{"equiterra":1}').subarray(0, 20), 'document must be whole gzip data'],
  ])('exits 1 and names the reason for %s', async (name, content, reason) => {
    const { code, out, err } = await run(file(name, content), '--out', join(folder, 'never.json'));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`${name}: ${reason}`);
    expect(readdirSync(folder)).not.toContain('never.json');
  });

  it.each(['top-down', 'bottom-up'])('designs the levels of a document that has some: %s', async (order) => {
    const units = Array.from({ length: 24 }, (_, u) => ({
      id: `u${u}`,
      x: u % 6,
      y: Math.floor(u / 6),
      activity: { load: 1 },
    }));
    const edges = units.flatMap(({ x, y }, u) => [...(x < 5 ? [[u, u + 1]] : []), ...(y < 3 ? [[u, u + 6]] : [])]);
    const levels = [{ name: 'region', groups: 2 }];
    const text = JSON.stringify({ equiterra: 1, units, edges, territories: 4, levels });
    const plan = join(folder, `${order}.plan.json`);
    const { code, out } = await run(file(`${order}.json`, text), '--moves', '5000', '--levels', order, '--out', plan);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      territories: 4,
      feasible: true,
      bound: null,
      levels: [{ name: 'region', groups: 2, feasible: true, maxDeviation: { load: 0 }, extraComponents: 0 }],
    });
    const [region, ...more] = parsePlanDocument(readFileSync(plan, 'utf8')).levels!;
    expect(more).toEqual([]);
    expect(Object.keys(region!.assignment)).toEqual(['T1', 'T2', 'T3', 'T4']);
    expect(new Set(Object.values(region!.assignment))).toEqual(new Set(['region 1', 'region 2']));
  });

  it('exits 1 for a file that is not there', async () => {
    const { code, err } = await run(join(folder, 'nowhere.json'));
    expect(code).toBe(1);
    expect(err).toContain('ENOENT');
  });

  it('says what stands in the way of a plan', async () => {
    const document = {
      equiterra: 1,
      units: [1, 1, 9].map((hours, i) => ({ id: `u${i}`, x: i, y: 0, activity: { hours } })),
      edges: [
        [0, 1],
        [1, 2],
      ],
      territories: 2,
    };
    const { code, out, err } = await run(file('heavy.json', JSON.stringify(document)), '--moves', '1000');
    expect(code).toBe(0);
    const message =
      'Unit u2 weighs 9 hours, 156 % of the highest upper bound of a territory that may serve it (5.775).';
    expect(err).toContain(`In conflict: ${message}`);
    expect(JSON.parse(out.trim().split('\n').at(-1)!).conflicts).toEqual([{ kind: 'heavy', message }]);
  });
});
