import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine, type TestUserTask } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const RECEIVED = '2026-09-17T16:20:00+08:00';
const REGISTERED = '2026-09-18T09:00:00+08:00';

/** What a complainant sends (F-C01). */
export const submission: JsonObject = {
  source: 'external',
  channel: 'phone',
  complainantName: '示例客户 · 甲',
  customerNo: 'C100001',
  phone: '13900000001',
  email: 'customer1@example.com',
  preferredChannel: 'sms',
  business: 'account',
  businessRef: 'ACC-2026-17',
  occurredAt: '2026-09-16T10:00+08:00',
  amountInvolved: 0,
  content: '柜员态度生硬,解释不清,等待时间过长。',
  demand: '请道歉并说明原因',
  consent: true,
};

const registration: JsonObject = { acceptDecision: 'accept', category: 'attitude', complexity: 'simple', affectedCustomers: 1, flags: [], registerNote: '已向客户致歉并说明流程' };
const findings: JsonObject = { finding: 'true', facts: '监控显示柜员当日未使用规范用语,客户所述属实。', evidence: [{ type: 'recording', ref: 'R-1' }], causes: ['staff'], causeDetail: '新员工未完成岗前培训' };
const plan: JsonObject = { measures: ['training'], explanation: '我们核实后已安排当事员工接受培训,并向您致歉。', expectedEffect: '本月内完成培训', completeBy: '2026-10-09' };
export const allFour: JsonObject = { fourChecks: ['cause', 'person', 'measure', 'result'], closeNote: '核查无误,结案' };

/** The complaint procedure with everything it calls and starts, at the moment a complaint is received. */
export function startComplaintEngine(now: string = RECEIVED): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['complaint_handling', 'identity_verification', 'rectification', 'customer_feedback', 'service_improvement', 'staff_training', 'security_incident', 'violation_accountability'] });
}

/** One complaint, worked by hand. */
export class Complaint extends CaseDriver {
  static async submit(engine: TestEngine, more: JsonObject = {}): Promise<Complaint> {
    const { processInstanceKey } = await engine.createInstance('complaint_handling', { ...submission, ...more });
    return new Complaint(engine, processInstanceKey);
  }

  async register(more: JsonObject = {}): Promise<void> {
    if (this.engine.clock.now() < Date.parse(REGISTERED)) await this.engine.advanceTo(REGISTERED);
    await this.complete('ut_register', { ...registration, ...more });
  }

  investigate(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_investigate', { ...findings, ...more });
  }

  plan(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_plan', { ...plan, ...more });
  }

  async answer(satisfaction: number): Promise<void> {
    await this.engine.publishMessage({ name: 'complaint_result_feedback', correlationKey: await this.no(), variables: { satisfaction } });
  }

  close(): Promise<TestUserTask> {
    return this.complete('ut_close', allFour);
  }

  /** Notifications sent for this case, by template. */
  override async told(): Promise<string[]> {
    return this.engine.db('app.notification').where({ case_no: await this.no() }).orderBy('created_at').orderBy('notification_no').pluck('template');
  }
}

/** The text of a shipped file. */
export function shipped(file: string): Promise<string> {
  return readFile(path.resolve(import.meta.dirname, '../..', file), 'utf8');
}

/** Do these ids occur in this order (others may lie between)? The missing one, or null. */
export function missingInOrder(found: readonly string[], wanted: readonly string[]): string | null {
  let at = 0;
  for (const id of wanted) {
    const next = found.indexOf(id, at);
    if (next < 0) return id;
    at = next + 1;
  }
  return null;
}
