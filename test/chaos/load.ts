import { credentials, type ServiceError, type Client } from '@grpc/grpc-js';
import { gatewayProtocol } from '../../engine/protocol/gateway-protocol.ts';
import { bpmn, chain, end, message, messageEvent, serviceTask, start, timer } from '../support/bpmn.ts';

type Answer = Record<string, never> & { processInstanceKey: string };
interface Job {
  key: string;
  processInstanceKey: string;
}
type Rpc = (request: object, options: { deadline: number }, callback: (error: ServiceError | null, answer: Answer) => void) => void;

const UNDECIDED = new Set([1, 4, 14]); // canceled, too late, unavailable: it may have been done or not
const REFUSED = new Set([8]); // too much to do: it was not done
const ALREADY_EXISTS = 6;
const NOT_FOUND = 5;

/** A task, a message, a timer, a second task: what a case needs of a broker. */
export const MODEL = bpmn(
  'chaos',
  start() + serviceTask('first', 'chaos.first') + `<bpmn:intermediateCatchEvent id="paid">${messageEvent('m')}</bpmn:intermediateCatchEvent>` + `<bpmn:intermediateCatchEvent id="rest">${timer('timeDuration', 'PT0.2S')}</bpmn:intermediateCatchEvent>` + serviceTask('second', 'chaos.second') + end() + chain('start', 'first', 'paid', 'rest', 'second', 'end'),
  message('m', 'chaos.paid', '=id'),
);

/**
 * Clients that do not know that the broker dies now and then: they create instances, work jobs and publish messages, try again what surely was
 * not done, and note what was acknowledged.
 */
export class Load {
  /** Instances whose creation was acknowledged, by id. */
  readonly created = new Map<string, string>();
  /** Ids of instances nobody knows whether they were created. */
  readonly undecided = new Set<string>();
  /** Jobs whose completion was acknowledged. */
  readonly completedJobs = new Set<string>();
  /** Errors that no dying broker explains. */
  readonly wrong: string[] = [];
  private readonly client: Client;
  private readonly unpublished: string[] = [];
  private creating = true;
  private working = true;
  private loops: Promise<void>[] = [];
  private next = 0;

  constructor(address: string) {
    this.client = new gatewayProtocol.Client(address, credentials.createInsecure(), { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 250 });
  }

  async deploy(): Promise<void> {
    await this.call('deployResource', { resources: [{ name: 'chaos.bpmn', content: Buffer.from(MODEL) }] });
  }

  begin(callers: number): void {
    this.creating = true;
    this.working = true;
    this.loops = [...Array.from({ length: callers }, () => this.create()), this.work('chaos.first'), this.work('chaos.first'), this.work('chaos.second'), this.work('chaos.second'), this.publish(), this.publish()];
  }

  /** No more instances; those there are go on until `stop`. */
  drain(): void {
    this.creating = false;
  }

  async stop(): Promise<void> {
    this.creating = false;
    this.working = false;
    await Promise.all(this.loops);
  }

  close(): void {
    this.client.close();
  }

  private call(rpc: string, request: object): Promise<Answer> {
    return new Promise((resolve, reject) => (this.client as unknown as Record<string, Rpc>)[rpc]!.call(this.client, request, { deadline: Date.now() + 20_000 }, (error, answer) => (error === null ? resolve(answer) : reject(error))));
  }

  private async create(): Promise<void> {
    while (this.creating) {
      const id = `c${(this.next += 1)}`;
      try {
        const { processInstanceKey } = await this.call('createProcessInstance', { bpmnProcessId: 'chaos', version: -1, variables: JSON.stringify({ id, text: 'x'.repeat(200) }) });
        this.created.set(id, processInstanceKey);
        this.unpublished.push(id);
      } catch (error) {
        await this.meet(error as ServiceError, () => {
          this.undecided.add(id);
          // If it is there it shall end too.
          this.unpublished.push(id);
        });
      }
    }
  }

  private async publish(): Promise<void> {
    while (this.working) {
      const id = this.unpublished.shift();
      if (id === undefined) {
        await pause(20);
        continue;
      }
      try {
        await this.call('publishMessage', { name: 'chaos.paid', correlationKey: id, messageId: id, timeToLive: '3600000', variables: '{"paid":true}' });
      } catch (error) {
        // Published before the answer got lost: the message's id tells.
        if ((error as ServiceError).code === ALREADY_EXISTS) continue;
        this.unpublished.push(id);
        await this.meet(error as ServiceError, () => undefined);
      }
    }
  }

  private async work(type: string): Promise<void> {
    while (this.working) {
      try {
        await Promise.all((await this.activate(type)).map((job) => this.complete(job)));
      } catch (error) {
        await this.meet(error as ServiceError, () => undefined);
      }
    }
  }

  private activate(type: string): Promise<Job[]> {
    const stream = (this.client as unknown as Record<string, (request: object, options: object) => NodeJS.EventEmitter>)['activateJobs']!({ type, worker: 'chaos', timeout: '3000', maxJobsToActivate: 32, requestTimeout: '500' }, { deadline: Date.now() + 10_000 });
    return new Promise((resolve, reject) => {
      const jobs: Job[] = [];
      stream.on('data', (answer: { jobs: Job[] }) => jobs.push(...answer.jobs));
      stream.on('end', () => resolve(jobs));
      stream.on('error', reject);
    });
  }

  private async complete({ key }: Job): Promise<void> {
    try {
      await this.call('completeJob', { jobKey: key, variables: '{"done":1}' });
      if (this.completedJobs.has(key)) this.wrong.push(`job ${key} was completed twice`);
      this.completedJobs.add(key);
    } catch (error) {
      // Completed before, and the answer got lost.
      if ((error as ServiceError).code !== NOT_FOUND) await this.meet(error as ServiceError, () => undefined);
    }
  }

  private async meet(error: ServiceError, undecided: () => void): Promise<void> {
    if (UNDECIDED.has(error.code)) undecided();
    else if (!REFUSED.has(error.code)) this.wrong.push(error.message);
    await pause(25);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
