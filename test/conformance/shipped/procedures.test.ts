import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatewayClient } from '../gateway-client.ts';
import { openTarget, type Target } from '../target.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PROCESSES = path.join(ROOT, 'processes');

/** Files of a procedure: diagram and decisions, and its forms. */
function filesOf(procedure: string): { name: string; content: Buffer }[] {
  const forms = path.join(ROOT, 'forms', procedure);
  const files = readdirSync(path.join(PROCESSES, procedure)).filter((name) => /\.(bpmn|dmn)$/.test(name)).map((name) => path.join(PROCESSES, procedure, name));
  if (existsSync(forms)) files.push(...readdirSync(forms).filter((name) => name.endsWith('.form')).map((name) => path.join(forms, name)));
  return files.map((file) => ({ name: path.basename(file), content: readFileSync(file) }));
}

const procedures = readdirSync(PROCESSES, { withFileTypes: true }).filter((entry) => entry.isDirectory() && filesOf(entry.name).length > 0).map(({ name }) => name);

let target: Target;
let client: GatewayClient;
beforeAll(async () => {
  target = await openTarget();
  client = new GatewayClient(target.address);
});
afterAll(async () => {
  client.close();
  await target.stop();
});

test('there are procedures', () => {
  expect(procedures.length).toBeGreaterThan(20);
});

test.each(procedures)('%s is deployed as it is', async (procedure) => {
  const resources = filesOf(procedure);
  const outcome = await client.call<{ deployments: unknown[] }>('deployResource', { resources });
  expect(outcome).toMatchObject({ ok: true });
  if (outcome.ok) expect(outcome.response.deployments.length).toBeGreaterThanOrEqual(resources.length);
});
