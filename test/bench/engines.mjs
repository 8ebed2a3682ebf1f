// The two engines under test, each with everything it needs counted in.
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { distribution } from '../conformance/oracle/distribution.mjs';
import { freePorts } from '../conformance/oracle/free-ports.mjs';
import { findJavaHome } from '../conformance/oracle/java.mjs';
import { startZeebe } from '../conformance/oracle/zeebe-process.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const TICKS_PER_SECOND = 100;

/** The whole product with its read model, pages and workers, durable, on a data folder. `env`: more of its environment. `BENCH_NODE_OPTIONS`: for Node, a profile say. */
export async function startGuicheng(dataDir, env = {}) {
  const [gatewayPort, port] = await freePorts(2);
  const began = performance.now();
  // As `npm start` does, without npm in between.
  const [, ...command] = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')).scripts.start.split(' ');
  const child = spawn(process.execPath, [...(process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? []), ...command], { cwd: root, env: { ...process.env, ...env, DATA_DIR: dataDir, PORT: String(port), GATEWAY_PORT: String(gatewayPort), LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('Ctrl-C') && resolve());
    child.once('exit', (code) => reject(new Error(`the product has ended with ${code}`)));
  });
  return { ...engine('guicheng', `127.0.0.1:${gatewayPort}`, child.pid), startMs: performance.now() - began, stop: () => ended(child, 'SIGINT'), kill: () => ended(child, 'SIGKILL') };
}

/** Zeebe 8.5.8 without any exporter. */
export async function startZeebeBroker(env = {}) {
  const began = performance.now();
  const zeebe = await startZeebe({ home: await distribution(), javaHome: findJavaHome(), settings: env });
  return { ...engine('zeebe', zeebe.address, zeebe.pid), startMs: performance.now() - began, stop: zeebe.stop };
}

function engine(name, address, pid) {
  return {
    name,
    address,
    pid,
    /** CPU time of the engine and all it has started, in ms. */
    cpuMs: async () => (await family(pid)).reduce((sum, each) => sum + each.cpuMs, 0),
    /** Memory of the same, in MiB; what processes share is counted once (proportional set size). */
    memoryMiB: async () => {
      let kib = 0;
      for (const each of await family(pid)) kib += Number(/^Pss:\s+(\d+)/m.exec(await readFile(`/proc/${each.pid}/smaps_rollup`, 'utf8').catch(() => ''))?.[1] ?? 0);
      return kib / 1024;
    },
  };
}

async function family(pid) {
  const all = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null); // ended meanwhile
    if (stat === null) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Children that have ended are counted with their parent.
    all.push({ pid: Number(name), parent: Number(fields[1]), cpuMs: (fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0) * 1000) / TICKS_PER_SECOND });
  }
  const members = new Set([pid]);
  for (let before = 0; before !== members.size; ) {
    before = members.size;
    for (const each of all) if (members.has(each.parent)) members.add(each.pid);
  }
  return all.filter((each) => members.has(each.pid));
}

function ended(child, signal) {
  const gone = new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve()));
  child.kill(signal);
  return gone;
}
