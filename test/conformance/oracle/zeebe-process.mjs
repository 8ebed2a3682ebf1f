// Starts the real Zeebe on free loopback ports with a data folder of its own, and stops it again by its process id.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from './free-ports.mjs';

const READY_WITHIN_MS = 120_000;

/** Starts the distribution in `home`; resolves when its partition is led. `recordsUrl` is where it exports its records to; without it, nowhere. `settings` are more of its environment. */
export async function startZeebe({ home, javaHome, recordsUrl, settings = {} }) {
  const [gateway, command, internal, rest, monitoring] = await freePorts(5);
  const data = await mkdtemp(path.join(os.tmpdir(), 'guicheng-zeebe-'));
  const logFile = path.join(data, 'zeebe.out');
  const env = {
    ...process.env,
    JAVA_HOME: javaHome,
    JAVA_OPTS: '-Xmx512m',
    SERVER_ADDRESS: '127.0.0.1',
    SERVER_PORT: String(rest),
    MANAGEMENT_SERVER_ADDRESS: '127.0.0.1',
    MANAGEMENT_SERVER_PORT: String(monitoring),
    ZEEBE_BROKER_DATA_DIRECTORY: path.join(data, 'data'),
    ZEEBE_BROKER_NETWORK_HOST: '127.0.0.1',
    ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT: String(command),
    ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT: String(internal),
    ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS: `127.0.0.1:${internal}`,
    ZEEBE_BROKER_GATEWAY_ENABLE: 'true',
    ZEEBE_BROKER_GATEWAY_NETWORK_HOST: '127.0.0.1',
    ZEEBE_BROKER_GATEWAY_NETWORK_PORT: String(gateway),
    ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING: '100MB',
    ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION: '50MB',
    ...(recordsUrl === undefined ? {} : exporter(recordsUrl)),
    ...settings,
  };
  const log = createWriteStream(logFile);
  const child = spawn(path.join(home, 'bin', 'broker'), [], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  let ended = false;
  const end = new Promise((resolve) => child.once('close', () => resolve((ended = true))));
  const stop = async () => {
    if (!ended) child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await end;
    clearTimeout(force);
    await new Promise((resolve) => log.end(resolve));
    await rm(data, { recursive: true, force: true });
  };
  const began = Date.now();
  for (;;) {
    if (await isReady(monitoring)) return { address: `127.0.0.1:${gateway}`, restUrl: `http://127.0.0.1:${rest}`, pid: child.pid, stop };
    if (ended || Date.now() - began > READY_WITHIN_MS) {
      const tail = (await readFile(logFile, 'utf8')).split('\n').slice(-20).join('\n');
      await stop();
      throw new Error(`Zeebe has not become ready. The end of its output:\n${tail}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const exporter = (url) => ({
  ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_CLASSNAME: 'io.camunda.zeebe.exporter.ElasticsearchExporter',
  ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_URL: url,
  ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_BULK_SIZE: '1',
  ZEEBE_BROKER_EXPORTERS_ELASTICSEARCH_ARGS_BULK_DELAY: '1',
});

async function isReady(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ready`)).ok;
  } catch {
    return false; // nothing listens there yet
  }
}
