import type { JsonObject } from '../../engine/contract/json.ts';
import { otpHash } from '../../engine/workers/identity/send-otp.ts';
import type { TestEngine, TestUserTask } from '../support/engine.ts';

/** A case worked by hand: one instance of the test engine with the tasks, messages and figures that belong to it. */
export class CaseDriver {
  readonly engine: TestEngine;
  readonly key: string;

  constructor(engine: TestEngine, key: string) {
    this.engine = engine;
    this.key = key;
  }

  /** Completes the open task at an element; resolves with the task as it stood. */
  async complete(elementId: string, variables: JsonObject): Promise<TestUserTask> {
    const task = await this.engine.userTask(this.key, elementId);
    await this.engine.completeUserTask(task.key, variables);
    return task;
  }

  /** Elements of the open tasks, in order of their ids. */
  async open(): Promise<string[]> {
    return (await this.engine.userTasks(this.key)).map((task) => task.elementId).sort();
  }

  /** Publishes a message with the case number as its key. */
  async say(name: string, variables: JsonObject = {}): Promise<void> {
    await this.engine.publishMessage({ name, correlationKey: await this.no(), variables });
  }

  /** The newest instance of a process that this case has called (or that a called one has called). */
  async called(processId: string): Promise<string> {
    await this.engine.settle();
    const instances = await this.engine.records({ valueType: 'PROCESS_INSTANCE', intent: 'ELEMENT_ACTIVATED' });
    const family = new Set([this.key]);
    for (const record of instances) if (record.value['bpmnElementType'] === 'PROCESS' && family.has(String(record.value['parentProcessInstanceKey']))) family.add(String(record.value['processInstanceKey']));
    const found = instances.filter((record) => record.value['bpmnElementType'] === 'PROCESS' && record.value['bpmnProcessId'] === processId && family.has(String(record.value['processInstanceKey'])) && record.value['processInstanceKey'] !== this.key).at(-1);
    if (found === undefined) throw new Error(`${this.key} has called no ${processId}. Path: ${(await this.path()).join(', ')}`);
    return String(found.value['processInstanceKey']);
  }

  /** Passes the identity check the case has called: with the code sent, or with the document of sample customer C100001. */
  async identify(): Promise<void> {
    const key = await this.called('identity_verification');
    const check = new CaseDriver(this.engine, key);
    if ((await this.engine.userTasks(key, 'ut_otp')).length > 0) {
      // Only the digest of the code is stored, so the test chooses the code.
      const { otp_ref: otpRef } = await this.engine.db('app.identity_otp').where({ process_instance_key: key }).first();
      await this.engine.db('app.identity_otp').where({ otp_ref: otpRef }).update({ code_hash: otpHash(otpRef, '246810') });
      await check.complete('ut_otp', { code: '246810' });
      return;
    }
    await check.complete('ut_docs', { idType: 'id_card', idNo: '11010519491231002X', name: '示例客户 · 甲', validUntil: '2036-01-01', match: 'same', collected: ['name', 'id'] });
    if ((await this.engine.userTasks(key, 'ut_face')).length > 0) await check.complete('ut_face', { result: 'pass' });
  }

  /** Gets the identity check the case has called wrong three times. */
  async failIdentity(): Promise<void> {
    const key = await this.called('identity_verification');
    const check = new CaseDriver(this.engine, key);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      if ((await this.engine.userTasks(key, 'ut_otp')).length > 0) await check.complete('ut_otp', { code: 'wrong!' });
      else await check.complete('ut_docs', { idType: 'id_card', idNo: '440524188001010014', name: '示例客户 · 甲', validUntil: '2036-01-01', match: 'same', collected: ['name', 'id'] });
      if ((await this.engine.userTasks(key, 'ut_face')).length > 0) await check.complete('ut_face', { result: 'fail' });
    }
  }

  /** Works off the follow-up the case has called; a survey that has gone out is answered with five points. */
  async followUp(): Promise<void> {
    const key = await this.called('service_followup');
    await new CaseDriver(this.engine, key).complete('ut_confirm_end', { confirmedItems: ['content', 'dates'], openIssues: false, supportUntil: '2026-12-31', renewalDue: false });
    await this.engine.settle();
    const open: string[] = await this.engine.db('app.survey').where({ status: 'open' }).pluck('survey_no');
    for (const surveyNo of open) await this.engine.publishMessage({ name: 'survey_submitted', correlationKey: surveyNo, variables: { overall: 5, answers: { overall: 5 } } });
  }

  /**
   * Lets a stage run out twice: its deadline is moved to `movedTo` before it ends, as an extension does, so the timer finds nothing
   * late; the watch wakes it at the new date. Passes `movedTo` by a minute and has the supervisor urge.
   */
  async runOut(stage: string, movedTo: string): Promise<void> {
    await this.engine.settle();
    await this.engine.db('app.deadline').where({ process_instance_key: this.key, stage }).update({ due_at: new Date(movedTo) });
    await this.engine.advanceTo(new Date(Date.parse(movedTo) + 60_000).toISOString());
    await this.complete('ut_sla_intervene', { action: 'urge', reason: '请立即办理' });
  }

  async no(): Promise<string> {
    return String((await this.variables())['caseNo']);
  }

  variables(): Promise<JsonObject> {
    return this.engine.variables(this.key);
  }

  path(): Promise<string[]> {
    return this.engine.path(this.key);
  }

  state(): Promise<'active' | 'completed' | 'terminated'> {
    return this.engine.instanceState(this.key);
  }

  /** Templates of the messages this instance has sent, in order. */
  async told(): Promise<string[]> {
    await this.engine.settle();
    return this.engine.db('app.notification').where({ process_instance_key: this.key }).orderBy('notification_no').pluck('template');
  }

  /** Statuses of the progress notes of this case, in order. */
  async progress(): Promise<string[]> {
    return this.engine.db('app.progress_note').where({ ref_no: await this.no() }).orderBy('progress_no').pluck('status');
  }
}
