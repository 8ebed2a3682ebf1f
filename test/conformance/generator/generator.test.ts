import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparable } from '../comparison.ts';
import { embedded, isRemote, openTarget, type Target } from '../target.ts';
import type { Seen } from '../transcript.ts';
import { generate } from './generate.ts';
import { playBatch } from './play.ts';

const RECORDED = path.join(import.meta.dirname, 'recorded.json');
const RECORDED_SEEDS = 60;
const BATCH = 20;
const recording = process.env['CONFORMANCE_RECORD'] === '1';
/** Against a real Zeebe: how many processes (GENERATOR_COUNT), beginning with which seed (GENERATOR_SEED). */
const count = Number(process.env['GENERATOR_COUNT'] ?? 300);
const firstSeed = Number(process.env['GENERATOR_SEED'] ?? 1 + Math.floor(Math.random() * 1_000_000));

let batches = 0;
const run = Date.now().toString(36);

async function play(open: () => Promise<Target>, seeds: readonly number[]): Promise<Seen[]> {
  const target = await open();
  batches += 1;
  try {
    return await playBatch(target, seeds.map((seed) => generate(seed, `_q${batches}x${seed}${run}q`)));
  } finally {
    await target.stop();
  }
}

const batchesOf = (first: number, total: number): number[][] =>
  Array.from({ length: Math.ceil(total / BATCH) }, (_, at) => Array.from({ length: Math.min(BATCH, total - at * BATCH) }, (__, n) => first + at * BATCH + n));

const recorded = existsSync(RECORDED) ? (JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, Seen>) : {};

// A skipped test would count as failed: each way of running has its own tests.
if (recording) {
  test('generated processes are recorded from Zeebe', async () => {
    const seen: Record<string, Seen> = {};
    for (const seeds of batchesOf(1, RECORDED_SEEDS)) (await play(openTarget, seeds)).forEach((each, at) => (seen[seeds[at]!] = each));
    writeFileSync(RECORDED, `${JSON.stringify(seen, null, 1)}\n`);
  }, 600_000);
} else if (isRemote) {
  describe(`generated processes run alike on both engines (GENERATOR_SEED=${firstSeed} GENERATOR_COUNT=${count})`, () => {
    test.each(batchesOf(firstSeed, count).map((seeds) => [seeds[0]!, seeds] as const))('seeds from %i', async (_first, seeds) => {
      const [theirs, ours] = await Promise.all([play(openTarget, seeds), play(embedded, seeds)]);
      const different = seeds.flatMap((seed, at) => (JSON.stringify(comparable(ours[at]!, theirs[at]!)) === JSON.stringify(comparable(theirs[at]!, ours[at]!)) ? [] : [{ seed, ours: comparable(ours[at]!, theirs[at]!), zeebe: comparable(theirs[at]!, ours[at]!) }]));
      for (const { seed, ours: own, zeebe } of different) expect.soft(own, `seed ${seed}`).toEqual(zeebe);
    }, 180_000);
  });
} else {
  describe('generated processes run as they were recorded from Zeebe', () => {
    test.each(batchesOf(1, RECORDED_SEEDS).map((seeds) => [seeds[0]!, seeds] as const))('seeds from %i', async (_first, seeds) => {
      const ours = await play(openTarget, seeds);
      for (const [at, seed] of seeds.entries()) expect(comparable(ours[at]!, recorded[seed]!), `seed ${seed}`).toEqual(comparable(recorded[seed]!, ours[at]!));
    }, 120_000);
  });
}
