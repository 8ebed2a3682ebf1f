import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const STARTED = '2026-11-23T09:00:00+08:00';
export const CHECKED_BY = '2026-12-04T17:30:00+08:00';

const plan: JsonObject = { type: 'special', dept: 'service', scope: ['process', 'complaint'], periodFrom: '2026-11-01T09:00+08:00', periodTo: '2026-12-04T17:00+08:00', inspectors: ['hefang', 'wutao'], basis: '客户集中反映柜面等候', sampleSize: 4 };

export function startInspectionEngine(now = STARTED): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['supervision_inspection', 'rectification', 'violation_accountability', 'security_incident', 'staff_training', 'service_improvement', 'information_release', 'process_change'] });
}

/** What an inspector finds wrong: by position of the item. */
export type Failures = Readonly<Record<number, { problem: string; staff?: string }>>;

/** One inspection, worked by hand. */
export class Inspection extends CaseDriver {
  static async start(engine: TestEngine, variables: JsonObject = { type: 'special', basis: '客户集中反映柜面等候' }): Promise<Inspection> {
    const { processInstanceKey } = await engine.createInstance('supervision_inspection', variables);
    return new Inspection(engine, processInstanceKey);
  }

  async plan(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_plan', { ...plan, ...more });
  }

  async approve(approved = true): Promise<void> {
    await this.complete('ut_appr', { approved, comment: approved ? '同意' : '请扩大抽样' });
  }

  /** Every inspector looks at the items given to them. */
  async check(failures: Failures = {}): Promise<void> {
    for (const task of await this.engine.userTasks(this.key, 'mi_check')) {
      const item = task.variables['sampleItem'] as JsonObject;
      const failure = failures[Number(item['position'])];
      await this.engine.workers.engine.completeJob(task.key, failure === undefined ? { result: 'pass', score: 95, customerCase: item['ref'] ?? null } : { result: 'fail', score: 40, problem: failure.problem, staff: failure.staff ?? null, customerCase: item['ref'] ?? null });
    }
    await this.engine.settle();
  }

  /** The summary as the form gives it: what was found wrong with an owner, `more` for each. */
  async sumUp(more: JsonObject = {}, serious = false): Promise<void> {
    const { variables } = await this.engine.userTask(this.key, 'ut_found');
    const issues = (variables['issues'] as JsonObject[]).map((issue) => ({ ...issue, dept: issue['dept'] ?? 'service', owner: 'liqiang', scope: issue['scope'] ?? 'process', ...more }));
    await this.complete('ut_found', { issues, serious, praise: [{ note: '值班登记完整' }] });
  }

  async report(): Promise<void> {
    await this.complete('ut_report', { text: '问题：登记不及时；原因：交接不清；建议：明确交接；责任：柜面主管。', reviewDate: '2026-12-31' });
  }

  /** Puts every open rectification of this inspection right. */
  async rectify(due = '2026-12-20'): Promise<void> {
    await this.engine.settle();
    const keys: string[] = (await this.engine.db('app.rectification').where({ source_no: await this.no(), status: 'open' }).orderBy('rect_no').pluck('process_instance_key')).map(String);
    for (const key of keys) {
      const item = new CaseDriver(this.engine, key);
      await item.complete('ut_plan', { plan: '明确交接并每周抽查', due });
      await item.complete('ut_do', { progress: 100, actionTaken: '已落实', finished: true });
      await item.complete('ut_verify', { checks: ['target'], effect: 'good', accepted: true, note: '通过' });
    }
  }

  async recheck(closed = true, remaining: string[] = []): Promise<void> {
    await this.complete('ut_followup', closed ? { closed, note: '整改到位' } : { closed, remaining, note: '仍有登记不及时' });
  }

  ledger(): Promise<Record<string, unknown>> {
    return this.no().then((no) => this.engine.db('app.inspection').where({ inspection_no: no }).first());
  }

  async findings(): Promise<Record<string, unknown>[]> {
    return this.engine.db('app.finding').where({ inspection_no: await this.no() }).orderBy('finding_no');
  }
}
