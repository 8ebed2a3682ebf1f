import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** The whole product in a real browser; brings its own database, so nothing shared is set up. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    maxWorkers: 1,
    bail: 1,
  },
});
