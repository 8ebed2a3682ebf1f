import path from 'node:path';
import { defineConfig } from 'vitest/config';

const FOLDER = 'test/conformance';

/** What is asked of which engine: tenants of a Zeebe that has them, generated processes and the shipped procedures of one of their own, since they run beside the rest. */
const PARTS: Readonly<Record<string, { include: string[]; exclude: string[] }>> = {
  all: { include: [`${FOLDER}/**/*.test.ts`], exclude: [] },
  scenarios: { include: [`${FOLDER}/**/*.test.ts`], exclude: [`${FOLDER}/tenants/**`, `${FOLDER}/generator/**`, `${FOLDER}/shipped/**`] },
  tenants: { include: [`${FOLDER}/tenants/*.test.ts`], exclude: [] },
  generated: { include: [`${FOLDER}/generator/*.test.ts`, `${FOLDER}/shipped/*.test.ts`], exclude: [] },
};

/** The conformance suite alone: against the address in ZEEBE_ADDRESS, else on the embedded broker. Needs no database. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  // On another machine's clock a timer may fire in between: what is really different is so the second time as well.
  test: { retry: process.env['ZEEBE_ADDRESS'] ? 1 : 0, ...PARTS[process.env['CONFORMANCE_PART'] ?? 'all'], testTimeout: 60_000, hookTimeout: 60_000, env: { TZ: 'UTC' } },
});
