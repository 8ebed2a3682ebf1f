// The thread that brings the read model up to date: it reads the record log and writes the read model over connections of its own, so that the
// thread of the broker need not do either. What the broker has just written it is told as text, without asking the database.
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { RecordReader } from '../broker/store/postgres/record-reader.ts';
import { systemClock } from '../contract/clock.ts';
import { connectDatabase } from '../database/connect.ts';
import { startFollowing } from '../projection/index.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

const { url, partitions } = workerData as ThreadData;
const port = parentPort!;
const tell = (message: FromThread): void => port.postMessage(message);

const db = connectDatabase({ url, poolSize: 1 });
const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'guicheng-records' });
// An idle connection may break when the server goes away; the next query reports it.
pool.on('error', () => undefined);
const readers = Array.from({ length: partitions }, (_, index) => new RecordReader(pool, index + 1));
const listeners = new Set<(many: boolean) => void>();
const source = {
  partitions,
  read: (partition: number, after: string, limit: number) => readers[partition - 1]!.read(after, limit),
  pages: (partition: number, after: string, limit: number) => readers[partition - 1]!.pages(after, limit),
  subscribe(listener: (many: boolean) => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

const following = await startFollowing({ db, source, clock: systemClock, onError: (error) => tell({ kind: 'error', error: new Error(error.message, { cause: error.stack }) }) }, ({ changes, ...progress }) =>
  // Only what is told of a batch travels, not the batch.
  tell({ kind: 'progress', progress: changes === undefined ? progress : { ...progress, changes: { instances: changes.instances, tasks: changes.tasks, definitions: changes.definitions } } }),
);
const releases: (() => void)[] = [];
port.on('message', (message: ToThread) => {
  if (message.kind === 'written') {
    const reader = readers[message.partition - 1]!;
    reader.add(message.batch);
    for (const listener of listeners) listener(reader.isFilling);
  } else if (message.kind === 'hurry') releases.push(following.hurry());
  else if (message.kind === 'release') releases.pop()?.();
  else void stop();
});
tell({ kind: 'started' });

async function stop(): Promise<void> {
  await following.stop();
  await pool.end();
  await db.destroy();
  tell({ kind: 'stopped' });
  port.close();
}
