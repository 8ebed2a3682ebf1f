// What `npm run test:zeebe` runs: the conformance suite against a real Zeebe 8.5.8. Its last line is `N passed, N failed`.
// `--serve` only starts that Zeebe and prints how to point the suite at it; `--record` writes down anew what it does.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { distribution } from './oracle/distribution.mjs';
import { findJavaHome } from './oracle/java.mjs';
import { startRecordReceiver } from './oracle/record-receiver.mjs';
import { startZeebe } from './oracle/zeebe-process.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const serve = process.argv.includes('--serve');
const record = process.argv.includes('--record');

process.exitCode = await main();

async function main() {
  let receiver;
  let zeebe;
  try {
    const home = await distribution();
    receiver = await startRecordReceiver();
    zeebe = await startZeebe({ home, javaHome: findJavaHome(), recordsUrl: receiver.url });
    const env = { ZEEBE_ADDRESS: zeebe.address, ZEEBE_RECORDS: receiver.url, ZEEBE_REST: zeebe.restUrl, ...(record ? { CONFORMANCE_RECORD: '1' } : {}) };
    if (serve) {
      process.stdout.write(`${Object.entries(env).map(([name, value]) => `${name}=${value}`).join(' ')}\nEnd with Ctrl+C.\n`);
      await new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)));
      return 0;
    }
    return await suite(env);
  } catch (error) {
    process.stdout.write(`${error.stack}\n0 passed, 1 failed\n`);
    return 1;
  } finally {
    await zeebe?.stop();
    await receiver?.stop();
  }
}

async function suite(env) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const code = await new Promise((resolve) => {
      const child = spawn(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/conformance/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
      child.on('close', (exit) => resolve(exit ?? 1));
    });
    const { numPassedTests, numFailedTests, numPendingTests = 0 } = JSON.parse(await readFile(report, 'utf8'));
    // A skipped test proves nothing.
    const failed = Math.max(numFailedTests + numPendingTests, code === 0 ? 0 : 1);
    process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
