import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const HERE = import.meta.dirname;
const CACHE = path.resolve(HERE, '../../node_modules/.cache/clients');

/** A client written in some language: how it is built, and how it is run. */
export interface Language {
  name: string;
  /** Programs it needs beside Node. */
  needs: readonly string[];
  /** Whether its client knows job streams. */
  streams: boolean;
  /** Builds into an empty folder that is kept for the next time. */
  build(folder: string): void;
  command(folder: string): [program: string, ...args: string[]];
}

const run = (cwd: string, program: string, ...args: string[]): void => void execFileSync(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GOFLAGS: '-mod=readonly' } });

export const LANGUAGES: readonly Language[] = [
  {
    name: 'java',
    needs: ['java', 'javac', 'mvn'],
    streams: true,
    build(folder) {
      cpSync(path.join(HERE, 'java'), folder, { recursive: true });
      run(folder, 'mvn', '-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${path.join(folder, 'lib')}`);
      run(folder, 'javac', '-nowarn', '-cp', path.join(folder, 'lib', '*'), '-d', path.join(folder, 'classes'), 'src/main/java/Client.java');
    },
    command: (folder) => ['java', '-Xmx128m', '-cp', `${path.join(folder, 'classes')}${path.delimiter}${path.join(folder, 'lib', '*')}`, 'Client'],
  },
  {
    name: 'go',
    needs: ['go'],
    streams: true,
    build: (folder) => run(path.join(HERE, 'go'), 'go', 'build', '-o', path.join(folder, 'client'), '.'),
    command: (folder) => [path.join(folder, 'client')],
  },
  {
    name: 'python',
    needs: ['python3'],
    streams: true,
    build(folder) {
      run(folder, 'python3', '-m', 'venv', 'venv');
      run(folder, path.join(folder, 'venv', 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', path.join(HERE, 'python', 'requirements.txt'));
    },
    command: (folder) => [path.join(folder, 'venv', 'bin', 'python'), path.join(HERE, 'python', 'client.py')],
  },
  {
    name: 'node-sdk',
    needs: ['npm'],
    streams: true,
    build(folder) {
      cpSync(path.join(HERE, 'node-sdk'), folder, { recursive: true });
      run(folder, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
    },
    command: (folder) => [process.execPath, path.join(folder, 'client.mjs')],
  },
  { name: 'node', needs: [], streams: false, build: () => undefined, command: () => [process.execPath, path.join(HERE, 'node', 'client.mjs')] },
];

/** The programs a language needs that this machine does not have. */
export const missingOf = ({ needs }: Language): string[] => needs.filter((program) => spawnSync(program, [program === 'go' ? 'version' : '-version'], { stdio: 'ignore' }).error !== undefined);

/** Builds a language's client, unless it has been built from the same sources before; its folder. */
export function built(language: Language): string {
  const folder = path.join(CACHE, `${language.name}-${fingerprint(path.join(HERE, language.name))}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  // A virtual environment knows its own path: it is made where it stays, and taken away when it fails.
  const target = language.name === 'python' ? folder : making;
  mkdirSync(target, { recursive: true });
  try {
    language.build(target);
  } catch (cause) {
    rmSync(target, { recursive: true, force: true });
    const { stderr } = cause as { stderr?: Buffer };
    throw new Error(`the ${language.name} client could not be built: ${stderr?.toString().trim().split('\n').slice(-8).join('\n') ?? String(cause)}`, { cause });
  }
  if (target === making) renameSync(making, folder);
  return folder;
}

function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) hash.update(`${name}\n`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}
