import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const RAISED = '2026-11-23T10:00:00+08:00';

export const startReleaseEngine = (): Promise<TestEngine> => startTestEngine({ now: RAISED, processes: ['information_release'] });

/** What form F-F01 gives for a note to one department. */
export const note: JsonObject = { title: '核心系统升级', level: 'general', audience: 'dept', receiverDept: 'it', channels: ['in_app'], text: '今晚二十二时升级核心系统，请提前保存工作。', effectiveAt: '2026-11-23T22:00:00+08:00' };

/** One release of information, worked by hand. */
export class Release extends CaseDriver {
  static async raise(engine: TestEngine, more: JsonObject = {}): Promise<Release> {
    const { processInstanceKey } = await engine.createInstance('information_release', { initiator: 'wanglei', ...note, ...more });
    return new Release(engine, processInstanceKey);
  }

  /** Everybody asked to confirm, by id. */
  async asked(): Promise<string[]> {
    return (await this.engine.userTasks(this.key, 'ut_ack')).map((task) => String(task.assignee)).sort();
  }

  /** Confirms for everybody still asked, but those `except`. */
  async confirm(except: readonly string[] = []): Promise<void> {
    for (const task of await this.engine.userTasks(this.key, 'ut_ack')) {
      if (!except.includes(String(task.assignee))) await this.engine.completeUserTask(task.key, { read: true });
    }
  }

  async approve(approved = true): Promise<void> {
    await this.complete('ut_appr', { approved, ...(approved ? {} : { edit: '请写明影响范围' }) });
  }

  async announcement(): Promise<Record<string, unknown>> {
    return this.engine.db('app.announcement').where({ case_no: await this.no() }).first();
  }

  async facts(): Promise<Record<string, number>> {
    return Object.fromEntries((await this.engine.db('app.kpi_fact').where({ process_instance_key: this.key })).map((fact: { metric: string; value: string }) => [fact.metric, Number(fact.value)]));
  }
}
