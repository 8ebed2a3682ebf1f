import { setTimeout as sleep } from 'node:timers/promises';
import { withFlowReferences } from './flow-references.ts';
import { Conversation, type Seen } from './conversation.ts';
import { describeEvaluation, describeRecord, type EvaluationAnswer } from './evaluation-lines.ts';
import { GatewayClient, type Outcome, type Speaker } from './gateway-client.ts';
import { problemLines } from './problem-lines.ts';
import { canonical } from './record-lines.ts';
import { isRemote, type SeenRecord, type Target } from './target.ts';
import type { UserTaskAction } from './user-task-target.ts';

export type { Seen };

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Variables = { [name: string]: Json };

export interface Job {
  key: string;
  type: string;
  processInstanceKey: string;
  elementInstanceKey: string;
  elementId: string;
  retries: number;
  customHeaders: string;
  variables: string;
}

const POLL_MS = 2500;

let runs = 0;

/** Speaks to an engine over the gateway protocol, step by step. */
export class Transcript extends Conversation {
  static async begin(target: Target, speaker?: Speaker): Promise<Transcript> {
    const suffix = `_q${(runs += 1)}${isRemote ? Date.now().toString(36) : ''}q`;
    const client = new GatewayClient(target.address, speaker);
    const first = await client.call<{ key: string }>('publishMessage', { name: `begin${suffix}`, timeToLive: 0 });
    if (!first.ok) throw new Error(`the engine cannot be reached: ${first.message}`);
    return new Transcript(target, client, suffix, first.response.key, (await target.records?.())?.length ?? 0);
  }

  /** The same conversation led by somebody else. */
  as(speaker: Speaker): Transcript {
    const client = new GatewayClient(this.target.address, speaker);
    this.others.push(client);
    return new Transcript(this.target, client, this.suffix, this.firstKey, this.firstRecord, this.steps);
  }

  // ------------------------------------------------------------ commands
  /** Deploys files by name. Logs what was deployed, or the refusal. */
  async deploy(files: Record<string, string>): Promise<{ keys: string[] }> {
    const resources = Object.entries(files).map(([name, content]) => ({ name: this.own(name), content: Buffer.from(this.own(name.endsWith('.bpmn') ? withFlowReferences(content) : content)) }));
    const outcome = await this.client.call<{ deployments: Record<string, Record<string, unknown> | null>[] }>('deployResource', { resources });
    const keys: string[] = [];
    // Of several decisions in one file Zeebe tells in no certain order.
    this.note('deploy', outcome, ({ deployments }) => {
      const told = deployments.map((each) => {
        const [kind, metadata] = Object.entries(each).find(([name, value]) => name !== 'Metadata' && value !== null && typeof value === 'object')!;
        for (const [name, value] of Object.entries(metadata!)) if (name === `${kind}Key` || name === 'processDefinitionKey') keys.push(String(value));
        return [kind, ...Object.entries(metadata!).filter(([name]) => !name.endsWith('Key') && name !== 'tenantId').map(([, value]) => value)].join(' ');
      });
      return told.some((line) => line.startsWith('decision ')) ? told.sort() : told;
    });
    return { keys };
  }

  /** Deploys files; logs every problem of a refusal as a line of its own, or only that it is one. */
  async check(files: Record<string, string>, wording = true): Promise<void> {
    const resources = Object.entries(files).map(([name, content]) => ({ name: this.own(name), content: Buffer.from(this.own(name.endsWith('.bpmn') ? withFlowReferences(content) : content)) }));
    const outcome = await this.client.call('deployResource', { resources });
    this.steps.push(`check: ${outcome.ok ? 'accepted' : outcome.code}`);
    if (!outcome.ok && wording) this.steps.push(...problemLines(this.plain(outcome.message)));
  }

  /** Creates an instance; its key, or '' when refused. */
  async create(bpmnProcessId: string, variables: Variables = {}, more: object = {}): Promise<string> {
    const outcome = await this.client.call<{ processInstanceKey: string; version: number }>('createProcessInstance', { bpmnProcessId: this.own(bpmnProcessId), version: -1, variables: this.own(JSON.stringify(variables)), ...more });
    this.note('create', outcome, ({ version }) => `version ${version}`);
    return outcome.ok ? outcome.response.processInstanceKey : '';
  }

  /** Creates an instance and awaits its result later, with `result`. */
  start(bpmnProcessId: string, variables: Variables = {}, more: object = {}): Promise<Outcome<{ variables: string }>> {
    return this.client.call('createProcessInstanceWithResult', { request: { bpmnProcessId: this.own(bpmnProcessId), version: -1, variables: this.own(JSON.stringify(variables)) }, requestTimeout: 20_000, ...more });
  }

  /** Logs the variables an instance has ended with. */
  async result(started: Promise<Outcome<{ variables: string }>>): Promise<void> {
    this.note('result', await started, ({ variables }) => sorted(JSON.parse(variables)));
  }

  /** Creates an instance that ends by itself and logs its result. */
  async run(bpmnProcessId: string, variables: Variables = {}, more: object = {}): Promise<void> {
    await this.result(this.start(bpmnProcessId, variables, more));
  }

  /** Activates `count` jobs of a type, waiting for them; logs each. */
  async jobs(type: string, count = 1, more: object = {}): Promise<Job[]> {
    const jobs: Job[] = [];
    const until = Date.now() + POLL_MS;
    while (jobs.length < count && Date.now() < until) {
      const outcome = await this.activate(type, count - jobs.length, until - Date.now(), more);
      if (!outcome.ok) {
        this.note(`jobs ${type}`, outcome, () => '');
        return jobs;
      }
      jobs.push(...outcome.response.flatMap((message) => message.jobs));
    }
    this.steps.push(`${jobs.length} of ${type}`);
    for (const job of jobs) this.steps.push(this.plain(`  ${job.elementId} retries=${job.retries} ${job.customHeaders === '{}' ? '' : `headers=${sorted(JSON.parse(job.customHeaders))} `}${sorted(JSON.parse(job.variables))}`));
    return jobs;
  }

  /** Activates exactly one job of a type. Throws when none comes. */
  async job(type: string, more: object = {}): Promise<Job> {
    const [job] = await this.jobs(type, 1, more);
    if (job === undefined) throw new Error(`no job of type '${type}' came.\n${this.steps.join('\n')}`);
    return job;
  }

  /** Logs that no job of a type is activatable once everything has settled. */
  async noJob(type: string): Promise<void> {
    await this.settle();
    const outcome = await this.activate(type, 100, -1, {});
    this.note(`waiting ${type}`, outcome, (messages) => messages.flatMap((message) => message.jobs).length);
  }

  private activate(type: string, max: number, requestTimeout: number, more: object): Promise<Outcome<{ jobs: Job[] }[]>> {
    return this.client.stream('activateJobs', { type: this.own(type), worker: 'conformance', timeout: 60_000, maxJobsToActivate: max, requestTimeout: Math.round(requestTimeout), ...more });
  }

  async complete(job: { key: string }, variables: Variables = {}): Promise<void> {
    this.note('complete', await this.client.call('completeJob', { jobKey: job.key, variables: JSON.stringify(variables) }));
  }

  /** Activates one job of a type and completes it. */
  async work(type: string, variables: Variables = {}): Promise<Job> {
    const job = await this.job(type);
    await this.complete(job, variables);
    return job;
  }

  async fail(job: { key: string }, retries: number, more: { errorMessage?: string; retryBackOff?: number; variables?: Variables } = {}): Promise<void> {
    this.note('fail', await this.client.call('failJob', { jobKey: job.key, retries, errorMessage: '', ...more, variables: JSON.stringify(more.variables ?? {}) }));
  }

  async throwError(job: { key: string }, errorCode: string, variables: Variables = {}, errorMessage = ''): Promise<void> {
    this.note('throw', await this.client.call('throwError', { jobKey: job.key, errorCode, errorMessage, variables: JSON.stringify(variables) }));
  }

  async updateRetries(job: { key: string }, retries: number): Promise<void> {
    this.note('update retries', await this.client.call('updateJobRetries', { jobKey: job.key, retries }));
  }

  async publish(name: string, correlationKey: string, variables: Variables = {}, more: { timeToLive?: number; messageId?: string } = {}): Promise<void> {
    this.note(`publish ${name} ${correlationKey}`, await this.client.call('publishMessage', { name: this.own(name), correlationKey, timeToLive: 60_000, variables: JSON.stringify(variables), ...more }));
    await this.settle();
  }

  async broadcast(signalName: string, variables: Variables = {}): Promise<void> {
    this.note(`broadcast ${signalName}`, await this.client.call('broadcastSignal', { signalName: this.own(signalName), variables: JSON.stringify(variables) }));
    await this.settle();
  }

  /** Keys of the user tasks (`zeebe:userTask`) created since the scenario began, once there are `count`; logs the elements they are of. */
  async userTasks(count = 1): Promise<string[]> {
    if (this.target.records === undefined) throw new Error('user tasks are found by their records: ZEEBE_RECORDS must be set');
    for (const until = Date.now() + 5000; ; await sleep(10)) {
      const created = (await this.target.records()).slice(this.firstRecord).filter(({ valueType, intent, value }) => valueType === 'USER_TASK' && intent === 'CREATED' && String(value['bpmnProcessId']).endsWith(this.suffix));
      if (created.length < count && Date.now() < until) continue;
      this.steps.push(`${created.length} user tasks: ${created.map(({ value }) => String(value['elementId'])).join(' ')}`);
      return created.map(({ key }) => key);
    }
  }

  /** Asks something of a user task; logs the HTTP status of `/v1/user-tasks/...`. */
  async onUserTask(action: UserTaskAction, userTaskKey: string, body: object = {}): Promise<void> {
    const { status, detail } = await this.target.userTask(action, userTaskKey, body);
    this.steps.push(this.plain(`${action} user task: ${status}${detail === '' ? '' : ` | ${detail}`}`));
    await this.settle();
  }

  async setVariables(elementInstanceKey: string, variables: Variables, local = false): Promise<void> {
    this.note('set variables', await this.client.call('setVariables', { elementInstanceKey, variables: JSON.stringify(variables), local }));
  }

  async cancel(processInstanceKey: string): Promise<void> {
    this.note('cancel', await this.client.call('cancelProcessInstance', { processInstanceKey }));
  }

  async evaluate(request: { decisionId?: string; decisionKey?: string }, variables: Variables = {}): Promise<void> {
    const decisionId = request.decisionId === undefined ? {} : { decisionId: this.own(request.decisionId) };
    const outcome = await this.client.call<Record<string, unknown>>('evaluateDecision', { ...request, ...decisionId, variables: JSON.stringify(variables) });
    this.note('evaluate', outcome, ({ decisionId: id, decisionVersion, decisionOutput, failedDecisionId, evaluatedDecisions }) =>
      [id, `version ${decisionVersion}`, decisionOutput === '' ? `failed at ${failedDecisionId}` : decisionOutput, (evaluatedDecisions as { decisionId: string; decisionType: string }[]).map((each) => `${each.decisionId}:${each.decisionType}`)].join(' '),
    );
  }

  /** Deploys BPMN files with the deprecated rpc. */
  async deployProcesses(files: Record<string, string>): Promise<void> {
    const processes = Object.entries(files).map(([name, xml]) => ({ name: this.own(name), definition: Buffer.from(this.own(withFlowReferences(xml))) }));
    const outcome = await this.client.call<{ processes: { bpmnProcessId: string; version: number; resourceName: string }[] }>('deployProcess', { processes });
    this.note('deploy processes', outcome, (response) => response.processes.map((each) => `${each.bpmnProcessId} ${each.version} ${each.resourceName}`));
  }

  /** Keys of the instances of an element, in the order in which they were activated. Logs how many there are. */
  async instancesOf(elementId: string): Promise<string[]> {
    const keys = (await this.newRecords()).filter(({ intent, value }) => intent === 'ELEMENT_ACTIVATED' && value['elementId'] === this.own(elementId) && String(value['bpmnProcessId']).endsWith(this.suffix)).map(({ key }) => key);
    this.steps.push(`${keys.length} instances of ${elementId}`);
    return keys;
  }

  /** Evaluates a decision and logs everything the answer holds: every decision that took part with its inputs, rules and output, and the failure. */
  async evaluateFully(decisionId: string, variables: Variables = {}): Promise<void> {
    const recorded = async (): Promise<SeenRecord[]> => ((await this.target.records?.()) ?? []).filter(({ valueType, value }) => valueType === 'DECISION_EVALUATION' && value['decisionId'] === this.own(decisionId));
    const before = (await recorded()).length;
    const outcome = await this.client.call<EvaluationAnswer>('evaluateDecision', { decisionId: this.own(decisionId), variables: JSON.stringify(variables) });
    this.note('evaluate', outcome, describeEvaluation);
    if (!outcome.ok || this.target.records === undefined) return;
    for (const until = Date.now() + POLL_MS; (await recorded()).length === before && Date.now() < until; ) await sleep(10);
    const [record] = (await recorded()).slice(before);
    const same = record !== undefined && describeRecord(record.value).join() === describeEvaluation(outcome.response).join();
    this.steps.push(`record: ${record?.intent ?? 'none'}, ${same ? 'as answered' : `not as answered: ${this.plain(describeRecord(record?.value ?? {}).join('; '))}`}`);
  }

  /** Any other rpc; logs its outcome alone. */
  async call(rpc: string, request: object): Promise<void> {
    this.note(rpc, await this.client.call(rpc, JSON.parse(this.own(JSON.stringify(request))) as object));
  }

  /** A streaming rpc read to its end; logs its outcome alone. */
  async stream(rpc: string, request: object): Promise<void> {
    this.note(rpc, await this.client.stream(rpc, request), (messages) => `${messages.length} messages`);
  }

  /** Opens a job stream; `received` logs what has come. */
  openJobs(type: string): { received(count: number): Promise<Job[]>; cancel(): void } {
    const jobs: Job[] = [];
    const call = this.client.open('streamActivatedJobs', { type: this.own(type), worker: 'conformance', timeout: 60_000 });
    call.on('data', (job: Job) => void jobs.push(job));
    return {
      received: async (count) => {
        for (const until = Date.now() + POLL_MS; jobs.length < count && Date.now() < until; ) await sleep(5);
        await this.settle();
        this.steps.push(...jobs.map((job) => this.plain(`pushed ${job.elementId} ${sorted(JSON.parse(job.variables))}`)));
        return jobs.splice(0);
      },
      cancel: () => call.cancel(),
    };
  }

  /** Starts an activation that waits, and goes away after a while without reading the answer. */
  async abandonedPoll(type: string, ms: number): Promise<void> {
    const call = this.client.open('activateJobs', { type: this.own(type), worker: 'gone', timeout: 60_000, maxJobsToActivate: 5, requestTimeout: 30_000 });
    await sleep(ms);
    call.cancel();
    await this.settle();
  }

  /** Resolves the incidents raised since the scenario began, found by trying the keys minted meanwhile. Logs each outcome. */
  async resolveIncidents(): Promise<void> {
    await this.settle();
    const last = BigInt(await this.mark());
    for (let key = BigInt(this.firstKey) + 1n; key < last; key += 1n) {
      const outcome = await this.client.call('resolveIncident', { incidentKey: key.toString() });
      if (outcome.ok || outcome.code !== 'NOT_FOUND') this.note('resolve incident', outcome);
    }
    await this.settle();
  }

  /** Logs whether an instance still runs. */
  async isRunning(processInstanceKey: string): Promise<void> {
    await this.settle();
    const outcome = await this.client.call('setVariables', { elementInstanceKey: processInstanceKey, variables: '{}', local: true });
    this.steps.push(outcome.ok ? 'runs' : outcome.code === 'NOT_FOUND' ? 'has ended' : outcome.code);
  }
}

const sorted = (value: unknown): string => canonical(JSON.stringify(value));
