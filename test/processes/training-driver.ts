import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const STARTED = '2026-11-23T09:00:00+08:00';
export const SESSION_AT = '2026-12-01T09:00:00+08:00';

const plan: JsonObject = { topic: 'service', method: 'class', trainDepts: null, hours: 8, examType: 'theory', passLine: 60, certKind: 'service', teacher: '示例 · 内训师', sessionAt: '2026-12-01T09:00+08:00' };

export function startTrainingEngine(now = STARTED): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['staff_training'] });
}

/** One training, worked by hand. */
export class Training extends CaseDriver {
  static async start(engine: TestEngine, variables: JsonObject = { topic: 'service', reason: '岗位需要' }): Promise<Training> {
    const { processInstanceKey } = await engine.createInstance('staff_training', variables);
    return new Training(engine, processInstanceKey);
  }

  async plan(trainees: string[], more: JsonObject = {}): Promise<void> {
    await this.complete('ut_plan', { ...plan, trainees, ...more });
  }

  /** Every trainee asked for signs in; `absent` do not come, `signed` sign the agreement. */
  async signIn({ absent = [], signed = [] }: { absent?: string[]; signed?: string[] } = {}): Promise<void> {
    for (const task of await this.engine.userTasks(this.key, 'ut_learn')) {
      const present = absent.includes(task.assignee!) ? 'leave' : 'yes';
      // Not settled one by one: twenty people at once.
      await this.engine.workers.engine.completeJob(task.key, present === 'yes' ? { present, hours: 8, signed: signed.includes(task.assignee!) } : { present });
    }
    await this.engine.settle();
  }

  /** The time of the exam comes; the administrator enters the marks of everybody who waits, `failing` below the line. */
  async examine({ failing = [], caseScore = null }: { failing?: string[]; caseScore?: number | null } = {}): Promise<void> {
    for (const task of await this.engine.userTasks(this.key, 'ut_exam')) {
      const passed = !failing.includes(String(task.variables['person']));
      await this.engine.workers.engine.completeJob(task.key, { theoryScore: passed ? 88 : 40, passed, caseScore });
    }
    await this.engine.settle();
  }

  async duty(id: string): Promise<string> {
    return (await this.engine.db('app.app_user').select('duty').where({ id }).first()).duty;
  }

  async facts(): Promise<Record<string, number[]>> {
    const rows: { metric: string; value: string }[] = await this.engine.db('app.kpi_fact').where({ case_no: await this.no() }).orderBy('id');
    const found: Record<string, number[]> = {};
    for (const row of rows) (found[row.metric] ??= []).push(Number(row.value));
    return found;
  }
}

/** Adds members of staff to the directory, named as samples, without any certificate. */
export async function addStaff(engine: TestEngine, count: number, dept = 'service', groups = ['counter_staff']): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `staff${String(index + 1).padStart(2, '0')}`);
  await engine.db('app.app_user').insert(ids.map((id) => ({ id, name: `示例 · 员工${id.slice(5)}`, title: '柜面服务人员', roles: ['staff'], groups, dept, email: `${id}@example.com`, sample: false })));
  return ids;
}
