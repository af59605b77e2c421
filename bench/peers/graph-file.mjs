/** The graph of a problem in the format of METIS and KaHIP: a line per vertex, its weights, then its neighbours from 1. */
import { closeSync, openSync, writeSync } from 'node:fs';

const CHUNK = 1 << 20;

/**
 * @param {string} file
 * @param problem a prepared problem
 * @param {readonly string[]} weights measures that weigh the vertices; integers
 */
export function writeGraph(file, { ids, offsets, neighbors, measures, activity }, weights) {
  const n = ids.length;
  const rows = weights.map((name) => measures.indexOf(name) * n);
  const handle = openSync(file, 'w');
  let text = `${n} ${neighbors.length / 2} 010${weights.length > 1 ? ` ${weights.length}` : ''}\n`;
  for (let u = 0; u < n; u++) {
    text += rows.map((row) => activity[row + u]).join(' ');
    for (let i = offsets[u]; i < offsets[u + 1]; i++) text += ` ${neighbors[i] + 1}`;
    text += '\n';
    if (text.length > CHUNK) {
      writeSync(handle, text);
      text = '';
    }
  }
  writeSync(handle, text);
  closeSync(handle);
}
