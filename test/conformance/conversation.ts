import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient, Outcome } from './gateway-client.ts';
import { describeRecords } from './record-lines.ts';
import { isRemote, type SeenRecord, type Target } from './target.ts';

/** Stands in all ids, names and job types of a scenario; replaced by something of this run alone. */
const UNIQUE = '§';

/** What was seen: the answers in order, and what the engine recorded meanwhile. */
export interface Seen {
  steps: string[];
  records: string[] | null;
}

/** Writes down what an engine answers and records, without anything that differs from run to run. */
export class Conversation {
  protected readonly steps: string[];
  protected readonly others: GatewayClient[] = [];
  protected readonly client: GatewayClient;
  protected readonly target: Target;
  protected readonly suffix: string;
  protected readonly firstKey: string;
  protected readonly firstRecord: number;
  private markers = 0;

  protected constructor(target: Target, client: GatewayClient, suffix: string, firstKey: string, firstRecord: number, steps: string[] = []) {
    this.steps = steps;
    this.target = target;
    this.client = client;
    this.suffix = suffix;
    this.firstKey = firstKey;
    this.firstRecord = firstRecord;
  }

  /** Logs which tenants the records of each kind belong to. */
  async tenantsOfRecords(): Promise<void> {
    const tenants = new Map<string, Set<string>>();
    for (const { recordType, valueType, value } of await this.newRecords()) {
      if (recordType !== 'EVENT' || value['tenantId'] === undefined || /^(?:begin|mark)_/.test(String(value['name']))) continue;
      tenants.set(valueType, (tenants.get(valueType) ?? new Set()).add(String(value['tenantId'])));
    }
    for (const [valueType, ids] of [...tenants].sort()) this.steps.push(`records ${valueType}: ${[...ids].sort().join(', ')}`);
  }

  /** Ends the conversation: everything it saw. */
  async end(): Promise<Seen> {
    const all = this.target.records === undefined ? null : await this.newRecords();
    if (isRemote && all !== null) await this.cancelAll(all);
    for (const client of [this.client, ...this.others]) client.close();
    return { steps: this.steps, records: all === null ? null : describeRecords(all, this.suffix).map((line) => this.plain(line)) };
  }

  /** Leaves nothing behind in an engine that others use after this: jobs of user tasks have one type for all. */
  private async cancelAll(records: readonly SeenRecord[]): Promise<void> {
    const running = new Set<string>();
    for (const { key, recordType, valueType, intent, value } of records) {
      if (recordType !== 'EVENT' || valueType !== 'PROCESS_INSTANCE' || value['bpmnElementType'] !== 'PROCESS' || String(value['parentProcessInstanceKey']) !== '-1') continue;
      if (intent === 'ELEMENT_ACTIVATING') running.add(key);
      else if (intent === 'ELEMENT_COMPLETED' || intent === 'ELEMENT_TERMINATED') running.delete(key);
    }
    for (const processInstanceKey of running) await this.client.call('cancelProcessInstance', { processInstanceKey });
  }

  sleep(ms: number): Promise<void> {
    return sleep(ms);
  }

  settle(): Promise<void> {
    return sleep(this.target.settleMs);
  }

  // ------------------------------------------------------------ writing down
  protected note<Response>(what: string, outcome: Outcome<Response>, tell: (response: Response) => unknown = () => 'ok'): void {
    if (!outcome.ok) {
      this.steps.push(this.plain(`${what}: ${outcome.code} | ${outcome.message}`));
      return;
    }
    const told = tell(outcome.response);
    if (Array.isArray(told)) this.steps.push(...told.map((line) => this.plain(`${what}: ${line}`)));
    else this.steps.push(this.plain(`${what}: ${String(told)}`));
  }

  protected own(text: string): string {
    return text.replaceAll(UNIQUE, this.suffix);
  }

  protected plain(text: string): string {
    return text
      .replaceAll(this.suffix, UNIQUE)
      .replace(/\b2251799813\d{6}\b/g, '<key>')
      .replace(/\b20\d\d-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?(?:\[[\w/]+\])?/g, '<instant>');
  }

  /** Publishes a message nobody waits for; its key. */
  protected async mark(): Promise<string> {
    const marked = await this.client.call<{ key: string }>('publishMessage', { name: `mark${this.suffix}_${(this.markers += 1)}`, timeToLive: 0 });
    if (!marked.ok) throw new Error(marked.message);
    return marked.response.key;
  }

  /** The records of this scenario, once the engine has exported all of them. */
  protected async newRecords(): Promise<SeenRecord[]> {
    if (this.target.records === undefined) throw new Error('the engine exports no records: ZEEBE_RECORDS is not set');
    await this.settle();
    const key = await this.mark();
    for (const until = Date.now() + 10_000; ; ) {
      const all = (await this.target.records()).slice(this.firstRecord);
      if (all.some((record) => record.valueType === 'MESSAGE' && record.key === key)) return all;
      if (Date.now() > until) throw new Error('the engine does not export its records');
      await sleep(10);
    }
  }
}
