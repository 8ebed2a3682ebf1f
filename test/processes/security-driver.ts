import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const REPORTED = '2026-11-23T10:00:00+08:00';

const leak: JsonObject = {
  type: 'data_leak',
  system: 'crm',
  detectedAt: '2026-11-23T09:50+08:00',
  dataClasses: ['customer_info'],
  recordsAffected: 5000,
  description: '客户资料被批量导出并传出内网,涉及五千条记录。',
  accounts: ['wanglei'],
};
export const items: JsonObject[] = [{ item: '收紧批量导出权限', owner: 'zhaoyu', due: '2026-12-04', standard: '导出须双人授权' }];

/** The procedure with what it calls and starts, at the moment an event is reported. */
export function startSecurityEngine(): Promise<TestEngine> {
  return startTestEngine({ now: REPORTED, processes: ['security_incident', 'rectification', 'information_release', 'violation_accountability', 'risk_incident'] });
}

/** One security event, worked by hand. */
export class SecurityEvent extends CaseDriver {
  static async report(engine: TestEngine, more: JsonObject = {}): Promise<SecurityEvent> {
    const { processInstanceKey } = await engine.createInstance('security_incident', { ...leak, ...more });
    return new SecurityEvent(engine, processInstanceKey);
  }

  /** What a monitoring system says, without anybody filling a form. */
  static async detect(engine: TestEngine, variables: JsonObject): Promise<SecurityEvent> {
    await engine.publishMessage({ name: 'security_event_detected', correlationKey: '', variables, messageId: `event-${JSON.stringify(variables).length}` });
    const begun = (await engine.records({ valueType: 'PROCESS_INSTANCE', intent: 'ELEMENT_ACTIVATED' })).filter((record) => record.value['bpmnElementType'] === 'PROCESS' && record.value['bpmnProcessId'] === 'security_incident').at(-1);
    if (begun === undefined) throw new Error('the message has begun no security event');
    return new SecurityEvent(engine, begun.key);
  }

  async respond(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_respond', { falseAlarm: false, actions: [{ time: '2026-11-23T10:30+08:00', by: 'majun', action: '断开外联并保全日志' }], accountsDisabled: [], recovered: true, rtoMinutes: 40, ...more });
  }

  async command(): Promise<void> {
    await this.complete('ut_command', { decision: 'continue', order: '全力追踪去向,随时报告' });
  }

  async tellCustomers(): Promise<void> {
    await this.complete('ut_customer', { affectedCount: 4800, text: '尊敬的客户,您在我行留存的部分联系信息可能泄露,请提防冒名来电。', channels: ['sms'], sentAt: '2026-11-24T09:00+08:00' });
  }

  async trace(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_trace', { rootCause: '导出权限过宽,缺少第二人授权。', kind: 'config', leak: true, liable: false, responsible: [], fix: '已收回批量导出权限', rectItems: items, ...more });
  }

  /** Does the open rectifications of this event; resolves with how many there were. */
  async rectify(): Promise<number> {
    await this.engine.settle();
    const open: string[] = await this.engine.db('app.rectification').where({ source_no: await this.no(), status: 'open' }).orderBy('rect_no').pluck('process_instance_key');
    for (const key of open) {
      const work = new CaseDriver(this.engine, key);
      await work.complete('ut_plan', { plan: '按标准完成整改并自查一遍', due: '2026-12-04' });
      await work.complete('ut_do', { progress: 100, actionTaken: '已完成', finished: true });
      await work.complete('ut_verify', { checks: ['target', 'root'], effect: 'good', accepted: true, note: '验证通过' });
    }
    return open.length;
  }

  async review(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_review', { lessons: '批量导出须双人授权并留痕。', drills: false, publish: false, ...more });
  }

  async ledger(): Promise<Record<string, unknown>> {
    return this.engine.db('app.security_event').where({ event_no: await this.no() }).first();
  }

  async duty(staffNo: string): Promise<string> {
    return (await this.engine.db('app.app_user').select('duty').where({ id: staffNo }).first()).duty;
  }
}
