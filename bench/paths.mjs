import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
/** What the bench makes for itself: cells, graphs, peers. Git ignores it. */
export const CACHE = join(ROOT, 'build/bench');
