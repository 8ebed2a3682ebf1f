import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { comparable } from './comparison.ts';
import type { Scenario } from './scenario.ts';
import { isRemote, openTarget } from './target.ts';
import { Transcript, type Seen } from './transcript.ts';

const CASES = path.join(import.meta.dirname, 'cases');
const RECORDED = path.join(import.meta.dirname, 'recorded');
const recording = process.env['CONFORMANCE_RECORD'] === '1';

/** What Zeebe 8.5.8 was seen doing, by scenario. */
type Recorded = Record<string, Seen>;

for (const file of readdirSync(CASES).sort()) {
  const group = path.basename(file, '.ts');
  const { default: all } = (await import(path.join(CASES, file))) as { default: Scenario[] };
  const recordedFile = path.join(RECORDED, `${group}.json`);
  const recorded = existsSync(recordedFile) ? (JSON.parse(readFileSync(recordedFile, 'utf8')) as Recorded) : {};

  // Against an engine elsewhere one after another: incidents are found by their keys.
  describe.runIf(all.length > 0)(group, { concurrent: !isRemote }, () => {
    for (const { name, play } of all) {
      test(name, async ({ expect: see }) => {
        const seen = await playOn(play);
        if (recording) {
          recorded[name] = seen;
          return;
        }
        see(recorded[name], 'what Zeebe does here has not been recorded: npm run test:zeebe -- --record').toBeDefined();
        see(comparable(seen, recorded[name]!)).toEqual(comparable(recorded[name]!, seen));
      });
    }
    if (recording) afterAll(() => writeFileSync(recordedFile, `${JSON.stringify(Object.fromEntries(all.flatMap(({ name }) => (recorded[name] === undefined ? [] : [[name, recorded[name]]]))), null, 1)}\n`));
  });
}

async function playOn(play: Scenario['play']): Promise<Seen> {
  const target = await openTarget();
  try {
    const transcript = await Transcript.begin(target);
    await play(transcript);
    return await transcript.end();
  } finally {
    await target.stop();
  }
}

test('there are at least 120 scenarios, and each has been recorded from Zeebe', () => {
  const count = readdirSync(RECORDED).reduce((sum, file) => sum + Object.keys(JSON.parse(readFileSync(path.join(RECORDED, file), 'utf8')) as Recorded).length, 0);
  expect(count).toBeGreaterThanOrEqual(120);
});
