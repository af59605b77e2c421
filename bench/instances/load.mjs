import { loadH3Problem } from './h3-problems.mjs';
import { readPublished, toProblem } from './published.mjs';

/**
 * @param {{ h3: string } | { published: string, folder: string }} source names an instance
 * @returns its problem input, and the instance itself when it is a published one
 */
export function loadInstance(source) {
  if ('h3' in source) return { input: loadH3Problem(source.h3), instance: null };
  const instance = readPublished(source.folder, source.published);
  return { input: toProblem(instance), instance };
}
