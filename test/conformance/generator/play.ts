import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayClient } from '../gateway-client.ts';
import { canonical, describeRecords } from '../record-lines.ts';
import type { SeenRecord, Target } from '../target.ts';
import type { Job, Seen } from '../transcript.ts';
import type { Generated } from './generate.ts';
import { Random } from './random.ts';

const ROUNDS = 60;
/** Rounds in which nothing could be done until a process is left alone: timers may still fire. */
const PATIENCE = 3;
/** Longer than an engine takes to see that a timer is due: Zeebe looks ten times a second. */
const quietMs = (target: Target): number => target.settleMs * 4;
const SETTLED_MS = 10_000;

/** Plays generated processes beside each other; what was seen of each. What is done to one depends on its seed and on what it does, never on the clock. */
export async function playBatch(target: Target, batch: readonly Generated[]): Promise<Seen[]> {
  const client = new GatewayClient(target.address);
  try {
    const from = (await target.records!()).length;
    const plays = batch.map((generated) => new Play(client, generated));
    for (const play of plays) await play.begin();
    for (let round = 0; round < ROUNDS && plays.some((play) => !play.isOver); round += 1) {
      await quiet(target, from);
      await Promise.all(plays.map((play) => play.act()));
    }
    await quiet(target, from);
    for (const play of plays) await play.end();
    await quiet(target, from);
    const records = (await target.records!()).slice(from);
    return plays.map((play) => play.seen(records));
  } finally {
    client.close();
  }
}

/** Waits until the engine has written no record for a while and no timer is about to fire. */
async function quiet(target: Target, from: number): Promise<void> {
  let count = -1;
  for (const until = Date.now() + SETTLED_MS; Date.now() < until; ) {
    const records = await target.records!();
    if (records.length === count && !isTimerNear(records.slice(from))) return;
    count = records.length;
    await sleep(quietMs(target));
  }
}

function isTimerNear(records: readonly SeenRecord[]): boolean {
  const near = new Set<string>();
  for (const { valueType, intent, key, recordType, value } of records) {
    if (valueType !== 'TIMER' || recordType !== 'EVENT') continue;
    if (intent === 'CREATED' && Number(value['dueDate']) < Date.now() + 5000) near.add(key);
    else if (intent !== 'CREATED') near.delete(key);
  }
  return near.size > 0;
}

class Play {
  private readonly client: GatewayClient;
  private readonly generated: Generated;
  private readonly steps: string[] = [];
  private readonly done = new Map<string, number>();
  private waiting: Job[] = [];
  private instance = '';
  private messages = 0;
  private idle = 0;

  constructor(client: GatewayClient, generated: Generated) {
    this.client = client;
    this.generated = generated;
  }

  get isOver(): boolean {
    return this.instance === '' || this.idle > PATIENCE;
  }

  async begin(): Promise<void> {
    const { xml, suffix, variables } = this.generated;
    const deployed = await this.client.call('deployResource', { resources: [{ name: `g${suffix}.bpmn`, content: Buffer.from(xml) }] });
    if (!deployed.ok) return void this.steps.push(`deploy: ${deployed.code} ${deployed.message}`);
    const created = await this.client.call<{ processInstanceKey: string }>('createProcessInstance', { bpmnProcessId: `main${suffix}`, version: -1, variables: JSON.stringify(variables) });
    if (created.ok) this.instance = created.response.processInstanceKey;
    this.steps.push(`create: ${created.ok ? 'ok' : `${created.code} ${created.message}`}`);
  }

  /** Does one thing: works on a job, or publishes a message when there is none. */
  async act(): Promise<void> {
    if (this.isOver) return;
    const found = await this.client.stream<{ jobs: Job[] }>('activateJobs', { type: `job${this.generated.suffix}`, worker: 'generator', timeout: 600_000, maxJobsToActivate: 50, requestTimeout: -1 });
    if (!found.ok) throw new Error(`${found.code}: ${found.message}`);
    const fresh = found.response.flatMap((message) => message.jobs);
    for (const job of arranged(fresh)) this.steps.push(`job ${told(job)}`);
    this.waiting = arranged([...this.waiting, ...fresh.filter((job) => !job.elementId.startsWith('stall'))]);
    const job = this.waiting.shift();
    if (job !== undefined) return this.work(job);
    const { messages, suffix } = this.generated;
    if (this.messages < messages.length * 2) {
      const name = `${messages[this.messages % messages.length]!}${suffix}`;
      this.messages += 1;
      const outcome = await this.client.call('publishMessage', { name, correlationKey: 'k', timeToLive: 0, variables: JSON.stringify({ heard: this.messages }) });
      this.steps.push(`publish ${name.replace(suffix, '')}: ${outcome.ok ? 'ok' : outcome.code}`);
      this.idle = 0;
    } else this.idle += 1;
  }

  private async work(job: Job): Promise<void> {
    this.idle = 0;
    const times = (this.done.get(job.elementId) ?? 0) + 1;
    this.done.set(job.elementId, times);
    const random = new Random('work', this.generated.seed, job.elementId, times);
    const variables = JSON.stringify(random.chance(0.5) ? { a: random.between(0, 5) } : { b: random.chance(0.5), done: times });
    const throwable = job.elementId.startsWith('risky') ? 0.5 : 0.05;
    const [what, outcome] = random.chance(throwable)
      ? ['throw', await this.client.call('throwError', { jobKey: job.key, errorCode: random.pick(['E1', 'E2']), errorMessage: 'no', variables })]
      : random.chance(0.15)
        ? ['fail', await this.client.call('failJob', { jobKey: job.key, retries: job.retries - 1, errorMessage: 'not yet', variables: '{}' })]
        : ['complete', await this.client.call('completeJob', { jobKey: job.key, variables })];
    this.steps.push(`${what} ${job.elementId}: ${outcome.ok ? 'ok' : outcome.code}`);
  }

  /** Cancels what still runs. */
  async end(): Promise<void> {
    if (this.instance === '') return;
    const outcome = await this.client.call('cancelProcessInstance', { processInstanceKey: this.instance });
    this.steps.push(`cancel: ${outcome.ok ? 'ok' : outcome.code}`);
  }

  seen(records: readonly SeenRecord[]): Seen {
    const { suffix } = this.generated;
    const plain = (line: string): string => line.replaceAll(suffix, '§').replace(/\b2251799813\d{6}\b/g, '<key>');
    return { steps: this.steps.map(plain), records: describeRecords(records, suffix).map(plain) };
  }
}

const told = (job: Job): string => `${job.elementId} retries=${job.retries} ${canonical(job.variables)}`;

/** Jobs in an order of their own: which one an engine gives out first is left to it. */
const arranged = (jobs: readonly Job[]): Job[] => [...jobs].sort((a, b) => (told(a) < told(b) ? -1 : told(a) > told(b) ? 1 : 0));
