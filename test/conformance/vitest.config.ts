import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** The conformance suite alone: against the address in ZEEBE_ADDRESS, else on the embedded broker. Needs no database. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: { include: ['test/conformance/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, env: { TZ: 'UTC' } },
});
