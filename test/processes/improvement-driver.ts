import type { JsonObject } from '../../engine/contract/json.ts';
import type { TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const measures: JsonObject[] = [{ action: '窗口分流并增设自助机', owner: 'liqiang', due: '2026-12-20', cost: 8000 }, { action: '高峰时段增派人员', owner: 'chenjing', due: '2026-12-20' }];

/** One improvement, worked by hand. */
export class Improvement extends CaseDriver {
  static async raise(engine: TestEngine, more: JsonObject = {}): Promise<Improvement> {
    const { processInstanceKey } = await engine.createInstance('service_improvement', { source: 'survey', title: '缩短高峰时段等候时间', background: '近两个月相关投诉占比上升,影响办理效率,建议专项改进。', metricName: 'satisfaction', metricNow: 82, ...more });
    return new Improvement(engine, processInstanceKey);
  }

  /** The improvement another case has begun. */
  static async from(engine: TestEngine, sourceNo: string): Promise<Improvement> {
    await engine.settle();
    const { process_instance_key: key } = await engine.db('app.improvement').where({ source_no: sourceNo }).first();
    return new Improvement(engine, String(key));
  }

  async analyze(): Promise<void> {
    await this.complete('ut_analyze', { cause: '高峰时段窗口不足', causes: ['process', 'staff'], customerVoice: '希望一次办好', processStep: '受理登记' });
  }

  async plan(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_plan', { measures, changeProcess: false, target: 90, ...more });
  }

  async approve(approved = true): Promise<void> {
    await this.complete('ut_appr', { approved, budget: 8000, comment: approved ? '同意' : '请补充费用测算' });
  }

  async check(metricAfter: number, improved: boolean): Promise<void> {
    await this.complete('ut_do', { progress: 100 });
    await this.complete('ut_check', { metricAfter, improved, note: '按季度满意度数据评估' });
  }

  /** From the analysis to a check with this result. */
  async round(metricAfter: number, improved: boolean, plan: JsonObject = {}): Promise<void> {
    await this.analyze();
    await this.plan(plan);
    await this.approve();
    await this.check(metricAfter, improved);
  }

  async ledger(): Promise<Record<string, unknown>> {
    return this.engine.db('app.improvement').where({ improvement_no: await this.no() }).first();
  }

  async facts(): Promise<Record<string, number>> {
    return Object.fromEntries((await this.engine.db('app.kpi_fact').where({ process_instance_key: this.key })).map((fact: { metric: string; value: string }) => [fact.metric, Number(fact.value)]));
  }
}
