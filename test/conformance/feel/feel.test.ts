import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTarget, type Target } from '../target.ts';
import { comparableOutcome } from './comparison.ts';
import { playGroup, type Group, type Outcome } from './player.ts';

const TOPICS = path.join(import.meta.dirname, 'topics');
const RECORDED = path.join(import.meta.dirname, 'recorded');
const recording = process.env['CONFORMANCE_RECORD'] === '1';

/** What Zeebe 8.5.8 was seen making of expressions, by topic. */
type Recorded = Record<string, Record<string, Outcome>>;

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.stop());

for (const file of readdirSync(TOPICS).sort()) {
  const { default: groups } = (await import(path.join(TOPICS, file))) as { default: Group[] };
  const recordedFile = path.join(RECORDED, `feel-${path.basename(file, '.ts')}.json`);
  const recorded = existsSync(recordedFile) ? (JSON.parse(readFileSync(recordedFile, 'utf8')) as Recorded) : {};
  describe(path.basename(file, '.ts'), () => {
    const seen: Recorded = {};
    for (const group of groups) {
      test(`${group.topic}: ${group.expressions.length} expressions give what Zeebe makes of them`, async () => {
        const outcomes = await playGroup(target, group);
        const told = Object.fromEntries(group.expressions.map((expression, index) => [expression, outcomes[index]!]));
        if (recording) {
          seen[group.topic] = told;
          return;
        }
        expect(comparableOutcome(told)).toEqual(comparableOutcome(recorded[group.topic] ?? {}));
      });
    }
    afterAll(() => {
      if (!recording) return;
      mkdirSync(RECORDED, { recursive: true });
      writeFileSync(recordedFile, `${JSON.stringify(seen, null, 1)}\n`);
    });
  });
}

test('at least 700 expressions have been recorded from Zeebe', () => {
  const files = readdirSync(RECORDED).map((file) => JSON.parse(readFileSync(path.join(RECORDED, file), 'utf8')) as Recorded);
  expect(files.flatMap((file) => Object.values(file)).reduce((sum, topic) => sum + Object.keys(topic).length, 0)).toBeGreaterThanOrEqual(700);
});
