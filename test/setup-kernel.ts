import { compileKernel } from '../scripts/compile-kernel.mjs';

/** The tests read both kernels from `build/`. */
export default async function setup(): Promise<void> {
  await compileKernel('release');
  await compileKernel('debug');
}
