import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const BEGUN = '2026-11-23T09:00:00+08:00';
const FIVE = ['service', 'it', 'business', 'compliance', 'security'];

/** A risk as a department enters it (F-Q01). */
export const riskItem = (likelihood: number, impact: number, more: JsonObject = {}): JsonObject => ({ item: '柜面系统高峰期响应缓慢', riskType: 'operational', source: 'system_failure', likelihood, impact, control: '扩容并错峰', owner: 'zhaoyu', ...more });

/** The procedure with what it calls and starts. */
export function startAssessmentEngine(now: string = BEGUN): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['risk_assessment', 'risk_incident', 'rectification'] });
}

/** One risk assessment, worked by hand. */
export class RiskAssessment extends CaseDriver {
  static async start(engine: TestEngine, more: JsonObject = {}): Promise<RiskAssessment> {
    const { processInstanceKey } = await engine.createInstance('risk_assessment', { period: '2026Q3', depts: FIVE, ...more });
    return new RiskAssessment(engine, processInstanceKey);
  }

  /** Departments that have not submitted yet. */
  async waiting(): Promise<string[]> {
    return (await this.engine.userTasks(this.key, 'ut_dept')).map((task) => String(task.candidateGroups[0]).slice(5)).sort();
  }

  /** A department submits its risks. */
  async submit(dept: string, ...items: JsonObject[]): Promise<void> {
    const task = (await this.engine.userTasks(this.key, 'ut_dept')).find((one) => one.candidateGroups[0] === `dept_${dept}`);
    if (task === undefined) throw new Error(`${dept} has no open self-assessment, but ${(await this.waiting()).join(', ')}`);
    await this.engine.completeUserTask(task.key, { scope: ['tech'], items: items.length === 0 ? [riskItem(2, 2)] : items, selfScore: 85 });
  }

  async merge(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_merge', { newRisks: [], trend: 'flat', conclusion: '总体平稳,关注系统容量', ...more });
  }

  /** Keeps the thresholds in force, or changes some. */
  async thresholds(...changes: JsonObject[]): Promise<void> {
    const { variables } = await this.engine.userTask(this.key, 'ut_threshold');
    const current = (variables['thresholds'] as JsonObject[]).map((one) => changes.find((change) => change['metric'] === one['metric']) ?? one);
    await this.complete('ut_threshold', { thresholds: current, reason: '按季度数据调整' });
  }

  async approve(approved = true): Promise<void> {
    await this.complete('ut_approve', { approved, comment: approved ? '同意' : '请补充控制措施' });
  }

  async ledger(): Promise<Record<string, unknown>> {
    return this.engine.db('app.risk_assessment').where({ assessment_no: await this.no() }).first();
  }

  async reports(): Promise<{ version: number; content: string; report_no: string }[]> {
    return this.engine.db('app.report').where({ case_no: await this.no(), template: 'risk_quarterly' }).orderBy('version');
  }
}
