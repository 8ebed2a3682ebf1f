import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tokenCheck } from '../../../engine/gateway/bearer-tokens.ts';
import { comparable } from '../comparison.ts';
import type { Speaker } from '../gateway-client.ts';
import { openTarget } from '../target.ts';
import { Transcript, type Seen } from '../transcript.ts';
import cases from './cases.ts';

const RECORDED = path.join(import.meta.dirname, 'recorded.json');
const SECRET = 'shared by the tests and the gateway alone';
const recording = process.env['CONFORMANCE_RECORD'] === '1';
const recorded = existsSync(RECORDED) ? (JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, Seen>) : {};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Somebody who may act for some tenants, and names one of them unless told otherwise. */
function speaker(tenants: readonly string[], tenantId: string): Speaker {
  const body = `${part({ alg: 'HS256' })}.${part({ exp: Math.floor(Date.now() / 1000) + 3600, tenants })}`;
  return { token: `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`, tenantId };
}

describe('tenants', () => {
  for (const [name, play] of Object.entries(cases)) {
    test(name, async () => {
      const target = await openTarget({ multiTenancy: true, checkToken: tokenCheck({ secret: SECRET }, Date.now) });
      try {
        const transcript = await Transcript.begin(target, speaker(['<default>', 'one', 'two'], '<default>'));
        await play(transcript, (tenants, tenantId = tenants[0] ?? '') => transcript.as(speaker(tenants, tenantId)));
        const seen = await transcript.end();
        if (recording) {
          recorded[name] = seen;
          return;
        }
        expect(recorded[name], 'what Zeebe does here has not been recorded').toBeDefined();
        expect(comparable(seen, recorded[name]!)).toEqual(comparable(recorded[name]!, seen));
      } finally {
        await target.stop();
      }
    });
  }
  if (recording) afterAll(() => writeFileSync(RECORDED, `${JSON.stringify(recorded, null, 1)}\n`));
});
