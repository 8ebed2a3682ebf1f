import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine, type TestUserTask } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const APPLIED = '2026-11-23T09:00:00+08:00';

/** What a customer applies for (F-P01): a balanced wealth plan. */
export const wealth: JsonObject = {
  customerNo: 'C100001', customerName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', customerType: 'individual', serviceClass: 'comprehensive', business: 'wealth', product: 'wealth_balanced', amount: 100_000, term: 12,
  purpose: '闲置资金保值增值', riskTolerance: 'R3', fundSource: 'savings', materials: 'files::1', materialKinds: ['id', 'risk_assessment'], ack: ['process', 'rights', 'channel'], site: 'branch_east', channel: 'branch',
};
/** A loan that needs all three reviews. */
export const loan: JsonObject = { ...wealth, business: 'credit', product: 'loan_personal', amount: 1_500_000, purpose: '购置经营用房', riskTolerance: null, income: 80_000, guarantee: 'mortgage', materialKinds: ['id', 'income', 'credit_report'] };

const review: JsonObject = { reviewResult: 'pass', points: ['compliance', 'credit'], opinion: '资料齐全,符合准入条件。' };

/** The procedure with everything it calls. */
export function startApplicationEngine(now: string = APPLIED): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['service_application', 'service_change', 'service_followup', 'satisfaction_survey', 'identity_verification', 'security_incident', 'complaint_handling', 'rectification'] });
}

/** One application, worked by hand. */
export class Application extends CaseDriver {
  static async submit(engine: TestEngine, more: JsonObject = {}): Promise<Application> {
    const { processInstanceKey } = await engine.createInstance('service_application', { ...wealth, initiator: 'wanglei', ...more });
    return new Application(engine, processInstanceKey);
  }

  /** From the app, by message. */
  static async send(engine: TestEngine, more: JsonObject = {}): Promise<Application> {
    await engine.publishMessage({ name: 'application_submitted', correlationKey: '', messageId: 'app-1', variables: { ...wealth, ...more } });
    const row = await engine.db('app.service_application').orderBy('registered_at', 'desc').first();
    return new Application(engine, row.process_instance_key);
  }

  /** Up to the first review: identity checked, material complete, accepted. */
  static async accepted(engine: TestEngine, more: JsonObject = {}): Promise<Application> {
    const application = await Application.submit(engine, more);
    await application.identify();
    await application.accept();
    return application;
  }

  accept(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_accept', { acceptDecision: 'accept', checkResult: ['identity', 'materials'], ...more });
  }

  review(elementId: 'ut_first' | 'ut_second' | 'ut_final', more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete(elementId, { ...review, ...more });
  }

  execute(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_execute', { startedAt: '2026-11-24T09:00+08:00', finishedAt: '2026-11-24T15:00+08:00', result: 'done', fee: 0, ...more });
  }

  async row(): Promise<Record<string, unknown>> {
    return (await this.engine.db('app.service_application').where({ application_no: await this.no() }).first()) as Record<string, unknown>;
  }

  async orders(): Promise<{ order_no: string; status: string }[]> {
    return this.engine.db('app.service_order').select('order_no', 'status').where({ application_no: await this.no() }).orderBy('order_no');
  }
}

/** Why the institution puts something off (F-X01). */
export const outage: JsonObject = { changeType: 'delay', reasonKind: 'system', reasonText: '核心系统故障,暂停办理业务', newDate: '2026-11-27T10:00+08:00', impact: '在途申请暂停', affectedCount: 30, measures: '恢复后优先办理' };
