// Finds a Java 21 or later: JAVA_HOME, the one on PATH, then the usual folders.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';

const WANTED = 21;

/** Home folder of a Java that runs Zeebe 8.5. Throws with what was looked at when there is none. */
export function findJavaHome() {
  const looked = [];
  for (const home of candidates()) {
    const major = majorVersion(path.join(home, 'bin', 'java'));
    looked.push(`${home} (${major === null ? 'no java' : major})`);
    if (major !== null && major >= WANTED) return home;
  }
  throw new Error(`Zeebe 8.5 needs Java ${WANTED} or later, and none was found. Install one or set JAVA_HOME. Looked at: ${looked.join(', ') || 'nothing'}`);
}

function* candidates() {
  if (process.env['JAVA_HOME']) yield process.env['JAVA_HOME'];
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const java = path.join(folder, 'java');
    if (existsSync(java)) yield path.dirname(path.dirname(realpathSync(java)));
  }
  for (const root of ['/usr/lib/jvm', '/opt', '/Library/Java/JavaVirtualMachines']) {
    if (!existsSync(root)) continue;
    for (const name of readdirSync(root)) {
      yield path.join(root, name);
      yield path.join(root, name, 'Contents', 'Home');
    }
  }
}

function majorVersion(java) {
  if (!existsSync(java)) return null;
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const match = /version "(\d+)(?:\.(\d+))?/.exec(stderr ?? '');
  if (match === null) return null;
  return match[1] === '1' ? Number(match[2]) : Number(match[1]);
}
