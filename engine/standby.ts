import pg from 'pg';
import { partitionIsHeld } from './broker/store/postgres/postgres-store.ts';

const LOOK_MS = 250;

/**
 * Waits while another Guicheng works on the database, as its hot standby: this one is ready to begin as soon as the other has gone or its
 * sessions have broken. Returns at once when there is no other. `waiting` is called once, before the wait.
 */
export async function standBy(url: string, waiting: () => void): Promise<void> {
  for (let told = false; ; told = true) {
    if (!(await isHeld(url, told))) return;
    if (!told) waiting();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** While the database restarts nobody works on it, but nobody can begin either: once standing by, that is waited for too. */
async function isHeld(url: string, patient: boolean): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'guicheng-standby', connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined); // the query says it
  try {
    await client.connect();
    return await partitionIsHeld(client, 1);
  } catch (error) {
    if (!patient) throw error;
    return true;
  } finally {
    await client.end().catch(() => undefined); // broken already
  }
}
