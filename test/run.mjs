// What `npm test` runs: type check, lint, all tests, and the whole story in a browser; with `--zeebe` also the conformance suite on the real
// Zeebe, with `--chaos` the loops in which broker and database are killed. Ends with one line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { prepare, root, say } from '../engine/prepare.mjs';

const bin = (...names) => path.join(root, 'node_modules', ...names);

/** How long one step may take, in minutes: a frozen one is ended and told, instead of holding up whoever waits. */
const LIMIT_MINUTES = 30;
/** Seed of the generated processes that a run without a person uses: the same ones every time, so that a difference comes again. */
const SEED = '1000';
let passed = 0;
let failed = 0;

try {
  await prepare();
  await browser();
  await check('type check', process.execPath, [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.']);
  await check('lint', process.execPath, [bin('oxlint', 'bin', 'oxlint'), '--deny-warnings', 'engine', 'designer', 'test']);
  await vitest('test/vitest.config.ts');
  await vitest('test/browser/vitest.config.ts');
  if (process.argv.includes('--chaos')) await vitest('test/chaos/vitest.config.ts');
  if (process.argv.includes('--zeebe')) await oracle();
} catch (error) {
  say(error.message);
  failed += 1;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

async function check(name, command, args) {
  const began = Date.now();
  const code = await run(command, args);
  if (code === 0) passed += 1;
  else failed += 1;
  say(`${code === 0 ? 'ok' : 'FAILED'}  ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Runs one suite and adds up its tests. A suite that could not run at all is one failure. */
async function vitest(config) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-report-'));
  const report = path.join(folder, 'report.json');
  const code = await run(process.execPath, [bin('vitest', 'vitest.mjs'), 'run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numPendingTests = 0, numTodoTests = 0 } = JSON.parse(await readFile(report, 'utf8'));
    passed += numPassedTests;
    failed += numFailedTests + numPendingTests + numTodoTests; // a skipped test proves nothing
    if (code !== 0 && numFailedTests === 0) failed += 1;
  } else failed += 1;
  await rm(folder, { recursive: true, force: true });
}

/** What `npm run test:zeebe` runs; its last line says how many tests it had. */
async function oracle() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-report-'));
  const totals = path.join(folder, 'totals.json');
  const code = await run(process.execPath, [path.join(root, 'test', 'conformance', 'zeebe.mjs')], { GENERATOR_SEED: process.env['GENERATOR_SEED'] ?? SEED, CONFORMANCE_TOTALS: totals });
  const told = existsSync(totals) ? JSON.parse(await readFile(totals, 'utf8')) : { passed: 0, failed: 0 };
  passed += told.passed;
  failed += Math.max(told.failed, code === 0 ? 0 : 1);
  await rm(folder, { recursive: true, force: true });
}

/** The browser tests need Debian's Chromium and a Chinese font: installs them where it may. */
async function browser() {
  if (existsSync('/usr/bin/chromium') || process.env['CHROMIUM_PATH']) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing chromium and fonts-noto-cjk…');
    await run('apt-get', ['update', '-qq']);
    if ((await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { DEBIAN_FRONTEND: 'noninteractive' })) === 0) return;
  }
  throw new Error('The browser tests need Chromium: install it with `apt-get install chromium fonts-noto-cjk`, or set CHROMIUM_PATH.');
}

/** Runs a program in a process group of its own, so that it ends with everything it has started. */
function run(command, args, extra = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...extra }, detached: true });
    const end = () => process.kill(-child.pid, 'SIGKILL');
    const leave = (signal) => {
      end();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    const limit = setTimeout(() => {
      say(`${path.basename(command)} ${args.map((arg) => path.relative(root, arg)).join(' ')} did not end within ${LIMIT_MINUTES} minutes and was stopped`);
      end();
    }, LIMIT_MINUTES * 60_000);
    process.once('SIGINT', leave).once('SIGTERM', leave);
    const settle = (code) => {
      clearTimeout(limit);
      process.off('SIGINT', leave).off('SIGTERM', leave);
      resolve(code);
    };
    child.on('error', (error) => {
      say(error.message);
      settle(1);
    });
    child.on('close', (code) => settle(code ?? 1));
  });
}
