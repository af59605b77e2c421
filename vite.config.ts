import { defineConfig } from 'vitest/config';
import { nodeThread } from './scripts/node-thread.mjs';
import { virtualKernel } from './scripts/virtual-kernel.mjs';

/** The demo is built from `demo/`; vitest runs the projects below. */
export default defineConfig({
  root: 'demo',
  base: './',
  // The map's library is one chunk of about a megabyte, loaded with the page on purpose.
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1200 },
  worker: { format: 'es' },
  test: {
    root: '.',
    reporters: ['default', './test/count-reporter.ts'],
    projects: [
      {
        root: '.',
        plugins: [virtualKernel(), nodeThread()],
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          globalSetup: ['./test/setup-build.ts'],
          testTimeout: 60_000,
        },
      },
      {
        root: '.',
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
