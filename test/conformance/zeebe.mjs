// What `npm run test:zeebe` runs: the conformance suite against a real Zeebe 8.5.8, and what concerns tenants against one that has them. Its last line is `N passed, N failed`.
// `--serve` only starts that Zeebe and prints how to point the suite at it; `--record` writes down anew what it does.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { distribution } from './oracle/distribution.mjs';
import { findJavaHome } from './oracle/java.mjs';
import { startRecordReceiver } from './oracle/record-receiver.mjs';
import { tenantSettings } from './oracle/tenant-interceptor.mjs';
import { startZeebe } from './oracle/zeebe-process.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const serve = process.argv.includes('--serve');
const record = process.argv.includes('--record');
/** With `--serve`: the one with multi-tenancy switched on. */
const tenants = process.argv.includes('--tenants');

process.exitCode = await main();

async function main() {
  const totals = { passed: 0, failed: 0 };
  try {
    const home = await distribution();
    const javaHome = findJavaHome();
    const part = (name) => withZeebe({ home, javaHome, part: name }, (env) => suite(env, totals));
    if (serve) await withZeebe({ home, javaHome, part: tenants ? 'tenants' : 'all' }, served);
    // The scenarios mostly wait: beside them another Zeebe does the rest.
    else await Promise.all([part('scenarios'), part('tenants').then(() => part('generated'))]);
  } catch (error) {
    process.stdout.write(`${error.stack}\n`);
    totals.failed += 1;
  }
  if (!serve) process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
  // For whoever adds them to others.
  if (process.env['CONFORMANCE_TOTALS']) await writeFile(process.env['CONFORMANCE_TOTALS'], JSON.stringify(totals));
  return totals.failed === 0 ? 0 : 1;
}

/** Starts a Zeebe, hands on the environment that leads to it, and stops it. */
async function withZeebe({ home, javaHome, part }, work) {
  let receiver;
  let zeebe;
  let interceptor;
  try {
    interceptor = part === 'tenants' ? await tenantSettings({ home, javaHome }) : undefined;
    receiver = await startRecordReceiver();
    zeebe = await startZeebe({ home, javaHome, recordsUrl: receiver.url, settings: interceptor?.env });
    await work({ ZEEBE_ADDRESS: zeebe.address, ZEEBE_RECORDS: receiver.url, ZEEBE_REST: zeebe.restUrl, CONFORMANCE_PART: part, ...(record ? { CONFORMANCE_RECORD: '1' } : {}) });
  } finally {
    await zeebe?.stop();
    await receiver?.stop();
    if (interceptor !== undefined) await rm(interceptor.folder, { recursive: true, force: true });
  }
}

async function served(env) {
  process.stdout.write(`${Object.entries(env).map(([name, value]) => `${name}=${value}`).join(' ')}\nEnd with Ctrl+C.\n`);
  await new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)));
}

/** Runs one part; what it says is shown when it is over, so that parts that run together do not mix. */
async function suite(env, totals) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const code = await new Promise((resolve) => {
      const said = [];
      const child = spawn(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/conformance/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
      child.on('close', (exit) => {
        process.stdout.write(`${Buffer.concat(said).toString('utf8')}\n`);
        resolve(exit ?? 1);
      });
    });
    const { numPassedTests, numFailedTests, numPendingTests = 0 } = JSON.parse(await readFile(report, 'utf8'));
    totals.passed += numPassedTests;
    // A skipped test proves nothing.
    totals.failed += Math.max(numFailedTests + numPendingTests, code === 0 ? 0 : 1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
