import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine, type TestUserTask } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const REPORTED = '2026-11-23T09:00:00+08:00';

/** What a staff member reports (F-V01). */
export const report: JsonObject = {
  anonymous: false,
  reporterName: '示例 · 举报人',
  reporterContact: '13900000008',
  sourceKind: 'hotline',
  subjectName: '示例 · 王蕾',
  subjectDept: 'cs_frontdesk',
  violationType: 'attitude',
  happenedAt: '2026-11-20T10:00+08:00',
  description: '柜员多次对客户使用不当言语,经提醒仍未改正,影响恶劣。',
  customersAffected: 1,
};

const intake: JsonObject = { acceptDecision: 'accept', subjectNo: 'wanglei', violationType: 'attitude', severityPrelim: 'general', investigators: ['zhengjie', 'majun'] };
const findings: JsonObject = { method: ['docs', 'recording'], evidence: [{ type: 'recording', ref: 'R-7', note: '柜台录音' }], facts: '录音显示当事人三次使用不当言语,情况属实,客户已离柜。', standards: [{ ruleName: '服务规范', clause: '第 3 条' }] };
const conclusion: JsonObject = { conclusion: 'substantiated', causes: ['staff'], harm: 'mild', rectItems: [{ item: '重申柜面用语规范', owner: 'liqiang', due: '2026-12-31' }] };
export const minor: JsonObject = { violations: [{ type: 'attitude', clause: '第 3 条', severity: 'general', person: 'wanglei' }], liablePersons: [{ staffNo: 'wanglei', role: 'direct', severity: 'general', repeatCount: 0 }], determineNote: '事实清楚,依据充分' };

/** Accountability with everything it calls and starts, at the moment a violation is reported. */
export function startViolationEngine(now: string = REPORTED): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['violation_accountability', 'rectification', 'staff_training', 'service_improvement', 'complaint_handling', 'identity_verification', 'customer_feedback', 'security_incident'] });
}

/** One violation case, worked by hand. */
export class Violation extends CaseDriver {
  static async submit(engine: TestEngine, more: JsonObject = {}): Promise<Violation> {
    const { processInstanceKey } = await engine.createInstance('violation_accountability', { ...report, ...more });
    return new Violation(engine, processInstanceKey);
  }

  /** A case another procedure refers by message. */
  static async refer(engine: TestEngine, variables: JsonObject): Promise<Violation> {
    await engine.publishMessage({ name: 'violation_referred', correlationKey: '', messageId: `refer-${JSON.stringify(variables).length}`, variables });
    await engine.settle();
    const row = await engine.db('app.violation_case').orderBy('registered_at', 'desc').first();
    return new Violation(engine, row.process_instance_key);
  }

  accept(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_accept', { ...intake, ...more });
  }

  interim(): Promise<TestUserTask> {
    return this.complete('ut_interim', { measure: 'suspend', from: '2026-11-23T10:00+08:00', to: '2026-12-31T17:30+08:00', reason: '防止证据灭失', approved: true });
  }

  investigate(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_investigate', { ...findings, ...more });
  }

  giveStatement(): Promise<TestUserTask> {
    return this.complete('ut_statement', { agree: 'partly', statement: '当日客流过大,情绪失控,愿意道歉。', signed: true });
  }

  conclude(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_conclude', { ...conclusion, ...more });
  }

  determine(more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_determine', { ...minor, ...more });
  }

  decide(type: string, more: JsonObject = {}): Promise<TestUserTask> {
    return this.complete('ut_decide', { result: 'decide', type, reason: '依据处理标准决定', ...more });
  }

  async votes(...votes: string[]): Promise<void> {
    const tasks = await this.engine.userTasks(this.key, 'ut_committee');
    if (tasks.length !== votes.length) throw new Error(`${tasks.length} committee members vote, not ${votes.length}`);
    for (const [index, task] of tasks.entries()) await this.engine.completeUserTask(task.key, { vote: votes[index]!, opinion: votes[index] === 'return' ? '事实需补充' : '同意' });
  }

  /** Up to the determination, all steps at once. */
  async toDetermination(more: { accept?: JsonObject; conclude?: JsonObject } = {}): Promise<void> {
    await this.accept(more.accept);
    if (more.accept?.['needInterim'] === true) await this.interim();
    await this.investigate();
    await this.giveStatement();
    await this.conclude({ rectItems: [], ...more.conclude });
  }

  /** Works the rectification cases this one has opened. */
  async rectify(): Promise<void> {
    await this.engine.settle();
    const open: { process_instance_key: string }[] = await this.engine.db('app.rectification').where({ source_no: await this.no(), status: 'open' });
    for (const { process_instance_key: key } of open) {
      await this.engine.completeUserTask((await this.engine.userTask(key, 'ut_plan')).key, { plan: '组织学习并抽查', due: '2027-01-15' });
      await this.engine.completeUserTask((await this.engine.userTask(key, 'ut_do')).key, { finished: true, progress: 100 });
      await this.engine.completeUserTask((await this.engine.userTask(key, 'ut_verify')).key, { accepted: true, effect: 'good', checks: ['done'] });
    }
  }

  finished(): Promise<string> {
    return this.state();
  }

  override async told(): Promise<string[]> {
    return this.engine.db('app.notification').where({ case_no: await this.no() }).orderBy('notification_no').pluck('template');
  }

  async sanctions(): Promise<JsonObject[]> {
    return this.engine.db('app.sanction').select('staff_no', 'type', 'status', 'interim').where({ case_no: await this.no() }).orderBy('sanction_no');
  }

  async duty(staffNo: string): Promise<string> {
    const { duty } = await this.engine.db('app.app_user').select('duty').where({ id: staffNo }).first();
    return duty;
  }
}
