import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeGraph } from '../../bench/peers/graph-file.mjs';
import { tinyProblem } from '../metrics/tiny-problem.js';

it('writes vertices with their weights and their neighbours, counted from 1', () => {
  const folder = mkdtempSync(join(tmpdir(), 'equiterra-graph-'));
  const file = join(folder, 'graph');
  const problem = tinyProblem({
    measures: ['people', 'places'],
    activity: [
      [5, 6, 7],
      [0, 1, 2],
    ],
    edges: [
      [0, 1],
      [1, 2],
    ],
    territories: [{ id: 'a' }],
  });
  try {
    writeGraph(file, problem, ['people']);
    expect(readFileSync(file, 'utf8')).toBe('3 2 010\n5 2\n6 1 3\n7 2\n');
    writeGraph(file, problem, ['people', 'places']);
    expect(readFileSync(file, 'utf8')).toBe('3 2 010 2\n5 0 2\n6 1 1 3\n7 2 2\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
