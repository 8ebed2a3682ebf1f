// The real Zeebe, fetched once by its Maven coordinates into node_modules/.cache and checked against the checksum Maven Central publishes.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const VERSION = '8.5.8';
const NAME = `camunda-zeebe-${VERSION}`;
/** SHA-1 as published beside the archive. */
const SHA1 = '38889d4209faf0520553eec17339a8fc005c295a';
const CACHE = path.resolve(import.meta.dirname, '../../../node_modules/.cache/guicheng-zeebe');

/** Folder of the unpacked distribution. Downloads and unpacks it when it is not there yet. */
export async function distribution() {
  const home = path.join(CACHE, NAME);
  const marker = path.join(home, '.checked');
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === SHA1) return home;
  await mkdir(CACHE, { recursive: true });
  const archive = path.join(CACHE, `${NAME}.tar.gz`);
  if (!existsSync(archive) || (await sha1(archive)) !== SHA1) await download(archive);
  const actual = await sha1(archive);
  if (actual !== SHA1) throw new Error(`The archive of Zeebe ${VERSION} has the SHA-1 ${actual}, but Maven Central publishes ${SHA1}. Delete ${archive} and try again.`);
  const unpacking = path.join(CACHE, 'unpacking');
  await rm(unpacking, { recursive: true, force: true });
  await mkdir(unpacking);
  await run('tar', ['xzf', archive, '-C', unpacking]);
  await rm(home, { recursive: true, force: true });
  await rename(path.join(unpacking, NAME), home);
  await rm(unpacking, { recursive: true, force: true });
  await rm(archive);
  await writeFile(marker, SHA1);
  return home;
}

async function download(archive) {
  process.stdout.write(`Fetching io.camunda:camunda-zeebe:${VERSION}:tar.gz (212 MB)…\n`);
  // --strict-checksums: Maven itself refuses what differs from the published checksum.
  await run('mvn', ['-B', '-q', '--strict-checksums', 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy', `-Dartifact=io.camunda:camunda-zeebe:${VERSION}:tar.gz`, `-DoutputDirectory=${path.dirname(archive)}`, '-Dmdep.useBaseVersion=true']);
  if (!existsSync(archive)) throw new Error(`Maven has not written ${archive}. The folder holds: ${(await readdir(path.dirname(archive))).join(', ')}`);
}

async function sha1(file) {
  const hash = createHash('sha1');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('error', (error) => reject(new Error(`Cannot run '${command}': ${error.message}. It is needed to fetch Zeebe.`, { cause: error })));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`'${command} ${args.join(' ')}' ended with code ${code}`))));
  });
}
