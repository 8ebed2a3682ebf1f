import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const STARTED = '2026-11-23T09:00:00+08:00';
export const DRILL_DAY = '2026-12-10T14:00:00+08:00';

const plan: JsonObject = { scenario: 'outage', type: 'live', date: '2026-12-10T14:00+08:00', participants: ['majun', 'hefang', 'zhengjie'], observers: ['hefang', 'zhengjie'], objectives: '核心系统宕机后三十分钟内恢复对客服务', rtoTarget: 30, comms: ['internal'] };

/** The procedure with what it calls, at a moment nothing is due. */
export function startDrillEngine(now = STARTED): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['emergency_drill', 'rectification', 'process_change'] });
}

/** One drill, worked by hand. */
export class Drill extends CaseDriver {
  static async start(engine: TestEngine, variables: JsonObject = { objectives: '检验预案' }): Promise<Drill> {
    const { processInstanceKey } = await engine.createInstance('emergency_drill', variables);
    return new Drill(engine, processInstanceKey);
  }

  async plan(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_plan', { ...plan, ...more });
  }

  async approve(approved = true): Promise<void> {
    await this.complete('ut_approve', { approved, comment: approved ? '同意' : '请补充恢复目标' });
  }

  async run(more: JsonObject = {}): Promise<void> {
    await this.engine.advanceTo('2026-12-10T15:00:00+08:00');
    await this.complete('ut_run', { startedAt: '2026-12-10T14:00+08:00', endedAt: '2026-12-10T14:25+08:00', deviations: '备用线路切换慢于预期', interrupted: false, ...more });
  }

  /** Each observer gives the next of these scores. */
  async observe(...scores: number[]): Promise<void> {
    const tasks = await this.engine.userTasks(this.key, 'ut_observe');
    if (tasks.length !== scores.length) throw new Error(`${tasks.length} observers, not ${scores.length}`);
    for (const [index, task] of tasks.entries()) await this.engine.completeUserTask(task.key, { checks: ['roles', 'speed'], score: scores[index]!, ...(index === 0 ? { issue: '通讯录未更新' } : {}) });
  }

  /** The summary as its form gives it: total and grade as computed. */
  async sumUp(more: JsonObject = {}): Promise<void> {
    const { variables } = await this.engine.userTask(this.key, 'ut_summary');
    await this.complete('ut_summary', { finalScore: variables['finalScore'] ?? null, grade: variables['grade'] ?? null, findings: '通讯录与备用线路需完善', updatePlan: false, rectItems: [], publish: false, ...more });
  }

  /** From the plan to the day, the run and the observers. */
  async held(...scores: number[]): Promise<void> {
    await this.plan();
    await this.approve();
    await this.run();
    await this.observe(...scores);
  }

  async ledger(): Promise<Record<string, unknown>> {
    return this.engine.db('app.drill').where({ drill_no: await this.no() }).first();
  }
}
