import { Router, type Response } from 'express';
import type { ChangeEvent } from '../contract/api.ts';
import type { Database } from '../database/connect.ts';
import { findUser, type DirectoryUser } from '../identity/directory.ts';
import { maySeeTask, mayOpen, mayWorkOnCase } from '../identity/permissions.ts';
import type { ApiOptions } from './api-options.ts';
import { caseFacts } from './cases/case-access.ts';
import { currentUser } from './request.ts';
import { factsOf, findTask } from './tasks/task-rows.ts';

const HEARTBEAT_MS = 15_000;
/** Changes are gathered this long, so that a busy engine does not flood the pages. */
const GATHER_MS = 100;
const INBOX_MS = 3_000;
/** Beyond this many changed instances at once everybody simply looks anew. */
const MANY = 500;

interface Listener {
  user: DirectoryUser;
  response: Response;
  newestMessage: string | null;
}

/** Who is listening to changes, and who is told of what. */
export class EventHub {
  private readonly listeners = new Set<Listener>();
  private readonly options: Pick<ApiOptions, 'db' | 'log'>;
  private instances = new Set<string>();
  private tasks = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private readonly timers: NodeJS.Timeout[];
  private readonly unsubscribe: () => void;

  constructor({ db, log, projection }: Pick<ApiOptions, 'db' | 'log' | 'projection'>) {
    this.options = { db, log };
    this.unsubscribe = projection.subscribe((changes) => {
      for (const bpmnProcessId of changes.definitions) this.designChanged(bpmnProcessId);
      this.gather(changes.instances, changes.tasks);
    });
    this.timers = [setInterval(() => this.beat(), HEARTBEAT_MS), setInterval(() => void this.lookIntoInboxes(), INBOX_MS)];
    for (const timer of this.timers) timer.unref();
  }

  /** Somebody claimed, returned or passed on a task: the engine has no record of it. */
  taskChanged(key: string): void {
    this.gather([], [key]);
  }

  /** A draft or publication of a procedure changed. */
  designChanged(bpmnProcessId: string): void {
    this.send((user) => mayOpen(user, 'design'), { topic: 'design', bpmnProcessId });
  }

  inboxChanged(userId: string): void {
    this.send((user) => user.id === userId, { topic: 'inbox' });
  }

  listen(user: DirectoryUser, response: Response): void {
    const listener: Listener = { user, response, newestMessage: null };
    response.status(200).set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive', 'x-accel-buffering': 'no' });
    response.flushHeaders();
    response.write(': here\n\n');
    this.listeners.add(listener);
    response.on('close', () => this.listeners.delete(listener));
  }

  close(): void {
    this.unsubscribe();
    clearTimeout(this.gathering);
    this.timers.forEach((timer) => clearInterval(timer));
    for (const { response } of this.listeners) response.end();
  }

  private gather(instances: Iterable<string>, tasks: Iterable<string>): void {
    if (this.listeners.size === 0) return;
    for (const key of instances) this.instances.add(key);
    for (const key of tasks) this.tasks.add(key);
    this.gathering ??= setTimeout(() => {
      const [changedInstances, changedTasks] = [this.instances, this.tasks];
      [this.instances, this.tasks, this.gathering] = [new Set(), new Set(), undefined];
      this.tell(changedInstances, changedTasks).catch((error: unknown) => this.options.log.error({ err: error }, 'telling pages about changes failed'));
    }, GATHER_MS);
  }

  private async tell(instances: ReadonlySet<string>, tasks: ReadonlySet<string>): Promise<void> {
    const { db } = this.options;
    this.send((user) => mayOpen(user, 'monitor'), { topic: 'monitor' });
    if (instances.size > MANY || tasks.size > MANY) return this.send((user) => mayOpen(user, 'tasks'), { topic: 'tasks' });
    const changed = (await Promise.all([...tasks].map((key) => findTask(db, key)))).filter((row) => row !== null).map((row) => ({ ...factsOf(row), completedBy: row.completed_by }));
    this.send((user) => changed.some((task) => maySeeTask(user, task) || task.completedBy === user.id), { topic: 'tasks' });
    const facts = await caseFacts(db, [...instances]);
    for (const key of instances) {
      const own = facts.get(key);
      this.send((user) => mayOpen(user, 'monitor') || (own !== undefined && mayWorkOnCase(user, own)), { topic: 'instance', key });
    }
  }

  private async lookIntoInboxes(): Promise<void> {
    if (this.listeners.size === 0) return;
    try {
      const newest = await newestMessages(this.options.db, [...this.listeners].map((listener) => listener.user.id));
      for (const listener of this.listeners) {
        const id = newest.get(listener.user.id) ?? '0';
        if (listener.newestMessage !== null && listener.newestMessage !== id) write(listener, { topic: 'inbox' });
        listener.newestMessage = id;
      }
    } catch (error) {
      this.options.log.error({ err: error }, 'looking for new messages failed');
    }
  }

  private send(to: (user: DirectoryUser) => boolean, event: ChangeEvent): void {
    for (const listener of this.listeners) if (to(listener.user)) write(listener, event);
  }

  /** Keeps the lines open, and closes those of people who have lost their account meanwhile. */
  private beat(): void {
    for (const listener of this.listeners) {
      listener.response.write(': beat\n\n');
      findUser(this.options.db, listener.user.id).then(
        (user) => {
          if (user === null || user.duty === 'suspended') listener.response.end();
          else listener.user = user;
        },
        (error: unknown) => this.options.log.error({ err: error }, 'looking up a listener failed'),
      );
    }
  }
}

function write({ response }: Listener, event: ChangeEvent): void {
  response.write(`event: change\ndata: ${JSON.stringify(event)}\n\n`);
}

async function newestMessages(db: Database, users: readonly string[]): Promise<Map<string, string>> {
  const rows: { user_id: string; newest: string }[] = await db('app.inbox_message').select('user_id', db.raw('max(id) as newest')).whereIn('user_id', [...users]).groupBy('user_id');
  return new Map(rows.map((row) => [row.user_id, row.newest]));
}

/** /api/events: server-sent events, only of what this person may see. */
export function eventRoutes(hub: EventHub): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    hub.listen(currentUser(response), response);
  });
  return router;
}
