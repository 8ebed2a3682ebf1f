import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const UNITS = ['rights', 'risk', 'service'];

export function startAssessmentEngine(now = '2026-10-10T09:00:00+08:00'): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['quality_assessment', 'rectification', 'violation_accountability', 'staff_training', 'service_improvement', 'process_change'] });
}

/** Work of a quarter as the ledgers, facts and the read model hold it: service does well, risk middling, rights badly. */
export async function workOf(engine: TestEngine, day = '2026-08-12'): Promise<void> {
  const { db } = engine;
  const at = new Date(`${day}T10:00:00+08:00`);
  const marks: readonly [unit: string, staff: string, satisfied: number, inTime: number, passed: boolean][] = [['service', 'liuyang', 5, 1, true], ['risk', 'zhengjie', 4, 1, false], ['rights', 'zhouning', 2, 0, false]];
  for (const [index, [, staff, satisfied, inTime, passed]] of marks.entries()) {
    const [key, no] = [String(7000 + index + Number(day.slice(5, 7)) * 10), `TS-${day}-${index}`];
    await db('app.record').insert({ record_no: no, series: 'TS', process_id: 'complaint_handling', process_instance_key: key, registered_at: at, closed_at: at });
    await db('app.complaint').insert({ complaint_no: no, process_instance_key: key, received_at: at, registered_at: at, closed_at: at, satisfaction: satisfied, reopen_count: satisfied < 3 ? 1 : 0 });
    await db('app.task_assignment').insert({ process_instance_key: key, group_id: 'complaint_officer', user_id: staff, assigned_at: at, released_at: at });
    await db('app.kpi_fact').insert({ metric: 'complaint_closed_in_target', period: day.slice(0, 7), value: inTime, case_no: no, process_instance_key: key, at });
    await db('read_model.user_task').insert({ key, process_instance_key: key, process_definition_key: 1, bpmn_process_id: 'complaint_handling', version: 1, element_id: 'ut_investigate', element_instance_key: key, state: 'completed', assignee: staff, candidate_groups: [], candidate_users: [], exclude_users: [], due_at: at, created_at: at, completed_at: inTime === 1 ? at : new Date(at.getTime() + 86_400_000) });
    await db('app.rectification').insert({ rect_no: `ZG-${day}-${index}`, process_instance_key: key, problem: '示例', owner: staff, due: day, status: 'closed', opened_at: at, closed_at: inTime === 1 ? at : new Date(at.getTime() + 5 * 86_400_000) });
    await db('app.training_result').insert({ training_no: `PX-${day}`, staff_no: staff, process_instance_key: key, course: 'service', present: true, hours: 4, theory_score: passed ? 95 : 45, passed, attempts: 0, at });
  }
}

/** One assessment, worked by hand. */
export class Assessment extends CaseDriver {
  static async start(engine: TestEngine, variables: JsonObject = { type: 'quarter', period: '2026Q3', units: UNITS }): Promise<Assessment> {
    const { processInstanceKey } = await engine.createInstance('quality_assessment', variables);
    return new Assessment(engine, processInstanceKey);
  }

  /** Every unit agrees but those that dispute. */
  async confirm(disputing: string[] = []): Promise<void> {
    for (const task of await this.engine.userTasks(this.key, 'ut_confirm')) {
      const unit = String((task.variables['unitScore'] as JsonObject)['subject']);
      await this.engine.completeUserTask(task.key, disputing.includes(unit) ? { agree: 'dispute', remark: '系统故障当日的超时不应计入' } : { agree: 'agree' });
    }
  }

  /** Supervision reviews each unit as the form computes it, with points added to or taken from some. */
  async review(adjust: Record<string, number> = {}, violations: Record<string, JsonObject[]> = {}): Promise<void> {
    for (const task of await this.engine.userTasks(this.key, 'ut_rev')) {
      const unit = String((task.variables['unitScore'] as JsonObject)['subject']);
      const added = adjust[unit] ?? 0;
      const finalScore = Math.min(100, Math.max(0, Number(task.variables['computedScore']) + added));
      const grade = finalScore >= 90 ? 'A' : finalScore >= 80 ? 'B' : finalScore >= 60 ? 'C' : 'D';
      await this.engine.completeUserTask(task.key, { adjust: added, ...(added === 0 ? {} : { reason: '核实系统故障属实' }), finalScore, grade, violations: violations[unit] ?? (task.variables['violations'] as JsonObject[] | null) ?? [] });
    }
  }

  async approve(approved = true): Promise<void> {
    await this.complete('ut_approve', { approved, comment: approved ? '同意' : '请复核风险部得分' });
  }

  async scores(kind: 'unit' | 'staff'): Promise<Record<string, { score: number; grade: string; adjust: number; disputed: boolean; confirmed: boolean | null; award: string[]; status: string; period: string }>> {
    const rows = await this.engine.db('app.quality_assessment').where({ assessment_no: await this.no(), subject_kind: kind }).orderBy('subject');
    return Object.fromEntries(rows.map((row) => [row.subject, { score: Number(row.score), grade: row.grade, adjust: Number(row.adjust), disputed: row.disputed, confirmed: row.confirmed, award: row.award, status: row.status, period: row.period }]));
  }
}
