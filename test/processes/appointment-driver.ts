import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';

export const REQUESTED = '2026-11-23T09:00:00+08:00';
export const SLOT = '2026-11-24T10:00:00+08:00';

/** What a customer books (F-A01): wealth advice in the east branch the next morning. */
export const wish: JsonObject = {
  channel: 'app', mode: 'branch', site: 'branch_east', customerNo: 'C100001', customerName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', customerType: 'individual', serviceClass: 'comprehensive', business: 'wealth',
  content: '咨询稳健型理财产品', amount: 100_000, preferredFrom: '2026-11-24T10:00+08:00', preferredTo: '2026-11-24T12:00+08:00', needInterpreter: false, needAssist: false, consent: true,
};

/** What is written down after the service (F-A05). */
export const served: JsonObject = { startedAt: '2026-11-24T10:05+08:00', finishedAt: '2026-11-24T10:50+08:00', serviceContent: '介绍了三款稳健型产品并说明风险', result: 'done', disclosures: ['risk', 'fee', 'channel', 'rights'], needApplication: false };

/** The procedure with everything it calls. */
export function startAppointmentEngine(now: string = REQUESTED, more: readonly string[] = []): Promise<TestEngine> {
  return startTestEngine({ now, processes: [...more, 'service_appointment', 'service_application', 'service_change', 'service_followup', 'satisfaction_survey', 'identity_verification', 'security_incident', 'complaint_handling', 'rectification'] });
}

/** One appointment, worked by hand. */
export class Appointment extends CaseDriver {
  /** At the counter or by phone, up to the identity check. */
  static async ask(engine: TestEngine, more: JsonObject = {}): Promise<Appointment> {
    const { processInstanceKey } = await engine.createInstance('service_appointment', { ...wish, initiator: 'wanglei', ...more });
    return new Appointment(engine, processInstanceKey);
  }

  /** From the app, by message. */
  static async request(engine: TestEngine, more: JsonObject = {}): Promise<Appointment> {
    const before = await engine.db('app.appointment').pluck('appointment_no');
    await engine.publishMessage({ name: 'appointment_requested', correlationKey: '', messageId: `app-${before.length}`, variables: { ...wish, ...more } });
    const row = await engine.db('app.appointment').whereNotIn('appointment_no', before).first();
    return new Appointment(engine, row.process_instance_key);
  }

  /** Identity checked, a time held: the customer is asked to confirm. */
  static async held(engine: TestEngine, more: JsonObject = {}): Promise<Appointment> {
    const appointment = await Appointment.request(engine, more);
    await appointment.identify();
    return appointment;
  }

  static async confirmed(engine: TestEngine, more: JsonObject = {}): Promise<Appointment> {
    const appointment = await Appointment.held(engine, more);
    await appointment.say('appointment_confirmed');
    return appointment;
  }

  async checkIn(): Promise<void> {
    await this.complete('ut_checkin', { arrivedAt: '2026-11-24T10:02+08:00', idChecked: true, queueNo: 'A012' });
  }

  async serve(more: JsonObject = {}): Promise<void> {
    await this.complete('ut_perform', { ...served, ...more });
  }

  /** The reserved times of this case, newest last. */
  async slots(): Promise<{ resource_id: string; start_at: Date; status: string }[]> {
    return this.engine.db('app.resource_slot').select('resource_id', 'start_at', 'status').where({ held_by: await this.no() }).orderBy('slot_id');
  }

  async row(): Promise<Record<string, unknown>> {
    return (await this.engine.db('app.appointment').where({ appointment_no: await this.no() }).first()) as Record<string, unknown>;
  }
}

/** Leaves a resource no free time in the window of `wish`. */
export async function fill(engine: TestEngine, ...resourceIds: string[]): Promise<void> {
  await engine.db('app.resource_slot').insert(resourceIds.map((id) => ({ resource_id: id, start_at: new Date('2026-11-24T09:00:00+08:00'), end_at: new Date('2026-11-24T17:30:00+08:00'), status: 'confirmed', held_by: `YY20261120-${id}`, process_instance_key: 1, held_at: new Date(REQUESTED) })));
}
