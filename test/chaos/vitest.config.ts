import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** The loops of `npm run test:chaos`: processes are killed under load, again and again, and everything is counted. `CHAOS_ROUNDS` says how often. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: { include: ['test/chaos/*.test.ts'], testTimeout: 3_600_000, hookTimeout: 120_000, env: { TZ: 'UTC' }, fileParallelism: false },
});
