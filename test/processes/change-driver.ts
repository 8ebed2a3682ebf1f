import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

/** One instance of a service procedure, worked by hand. */
export class ServiceCase extends CaseDriver {
  static async start(engine: TestEngine, processId: string, variables: JsonObject): Promise<ServiceCase> {
    const { processInstanceKey } = await engine.createInstance(processId, variables);
    return new ServiceCase(engine, processInstanceKey);
  }

  /** The newest instance of a process: one that another has called or started. */
  static async newest(engine: TestEngine, processId: string): Promise<ServiceCase> {
    await engine.settle();
    const begun = (await engine.records({ valueType: 'PROCESS_INSTANCE', intent: 'ELEMENT_ACTIVATED' })).filter((one) => one.value['bpmnElementType'] === 'PROCESS' && one.value['bpmnProcessId'] === processId);
    const last = begun.at(-1);
    if (last === undefined) throw new Error(`no instance of ${processId} has begun`);
    return new ServiceCase(engine, last.key);
  }

  static async count(engine: TestEngine, processId: string): Promise<number> {
    await engine.settle();
    return (await engine.records({ valueType: 'PROCESS_INSTANCE', intent: 'ELEMENT_ACTIVATED' })).filter((one) => one.value['bpmnElementType'] === 'PROCESS' && one.value['bpmnProcessId'] === processId).length;
  }

  /** Text of the newest mail of a template. */
  async mail(template: string): Promise<string> {
    await this.engine.settle();
    const row: { body: string } | undefined = await this.engine.db('app.mail_outbox as m').join('app.notification as n', 'n.notification_no', 'm.notification_no').where({ 'n.process_instance_key': this.key, 'n.template': template }).orderBy('m.id', 'desc').select('m.body').first();
    return row?.body ?? '';
  }
}

export const ASKED = '2026-11-23T12:00:00+08:00';
export const SLOT = '2026-11-24T10:00:00+08:00';

/** Delay and cancellation as an appointment calls it. */
export const change: JsonObject = { targetNo: 'YY20261124-0001', customerNo: 'C100001', email: 'customer1@example.com', slot: { start: SLOT }, hoursBefore: 22, started: false, reasonKind: null, newDate: null };

/** What a supervisor writes down (F-X01). */
export const systemFailure: JsonObject = { changeType: 'delay', reasonKind: 'system', reasonText: '支行核心系统故障,暂时无法办理业务', newDate: '2026-11-25T10:00:00+08:00', impact: '当日上午的预约无法办理', affectedCount: 12, measures: '改约次日并致歉' };

export function startChangeEngine(now: string = ASKED): Promise<TestEngine> {
  return startTestEngine({ now, processes: ['service_change'] });
}

export const beginChange = (engine: TestEngine, more: JsonObject): Promise<ServiceCase> => ServiceCase.start(engine, 'service_change', { ...change, ...more });
