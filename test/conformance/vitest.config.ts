import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A Zeebe with multi-tenancy is asked for what concerns tenants alone, any other for everything else. */
const tenants = 'test/conformance/tenants/*.test.ts';
const { CONFORMANCE_TENANTS, ZEEBE_ADDRESS } = process.env;
const include = CONFORMANCE_TENANTS === '1' ? [tenants] : ['test/conformance/**/*.test.ts'];
const exclude = CONFORMANCE_TENANTS === '1' || !ZEEBE_ADDRESS ? [] : [tenants];

/** The conformance suite alone: against the address in ZEEBE_ADDRESS, else on the embedded broker. Needs no database. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: { include, exclude, testTimeout: 60_000, hookTimeout: 60_000, env: { TZ: 'UTC' } },
});
