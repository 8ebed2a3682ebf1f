import { useLink } from '../api/public/use-link.ts';
import type { GatewayClient } from '../api/gateway-client.ts';
import type { Broker } from '../broker/index.ts';
import type { Clock } from '../contract/clock.ts';
import { ProductError } from '../contract/errors.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Database } from '../database/connect.ts';
import type { Projection } from '../projection/index.ts';
import { linkHash } from '../workers/ledgers/public-link.ts';
import { aspectsAround, satisfactionWith } from './answers/complaint.ts';
import { inWorkTime, type Knowledge, type Values } from './answers/context.ts';
import { surveyAnswer } from './answers/customer.ts';
import { materialsOf } from './answers/service.ts';
import { Dice } from './dice.ts';
import type { Awaited, EngineMirror } from './engine-mirror.ts';
import { publish } from './job-runner.ts';
import { appealGrounds } from './phrases/control.ts';
import { FormInvalidError } from '../api/errors.ts';

const HOUR_MS = 3_600_000;
const CATCH_UP_MS = 60_000;

/** Something a customer is going to do. */
export interface Deed {
  at: number;
  act: () => Promise<void>;
}

export interface CrowdOptions extends Knowledge {
  db: Database;
  broker: Broker;
  projection: Projection;
  mirror: EngineMirror;
  clock: Clock;
}

/** How many of a hundred who get a link use it, and within how many hours. A link not listed is left alone. */
const habits: Readonly<Record<string, readonly [share: number, hours: number]>> = {
  appointment_confirmed: [0.8, 7], appointment_change_requested: [0.05, 12], appointment_cancel_requested: [0.06, 20],
  complaint_result_feedback: [0.66, 40], complaint_withdrawn: [0.035, 40], complaint_supplement: [0.05, 40],
  survey_submitted: [0.56, 70], change_accepted: [0.68, 24], change_rejected: [0.1, 24], violation_appeal_filed: [0.24, 70],
};

/** Customers (and those heard in cases about themselves): they open links, bring what is missing, change their minds, or do nothing. */
export class Crowd {
  private readonly options: CrowdOptions;
  private readonly engine: Pick<GatewayClient, 'publishMessage'>;

  constructor(options: CrowdOptions) {
    this.options = options;
    this.engine = { publishMessage: (message) => publish(options.broker, message) };
  }

  /** What those who have got letters since the last time will do. */
  async readLetters(): Promise<Deed[]> {
    const { postbox, db, seed, clock } = this.options;
    const deeds: Deed[] = [];
    for (const { tokens, template } of postbox.collect()) {
      const rows: { token_hash: string; message: string; correlation_key: string; process_instance_key: string }[] = await db('app.public_link').select('token_hash', 'message', 'correlation_key', 'process_instance_key').whereIn('token_hash', tokens.map(linkHash));
      const links = tokens.map((token) => ({ token, row: rows.find((row) => row.token_hash === linkHash(token)) }));
      // Of several links in a letter people use one at most.
      const dice = new Dice(seed, 'letter', template, rows[0]?.correlation_key ?? '', rows[0]?.process_instance_key ?? '');
      let left = dice.next();
      for (const { token, row } of links) {
        const habit = row === undefined ? undefined : habits[row.message];
        if (row === undefined || habit === undefined || (left -= habit[0]) >= 0) continue;
        deeds.push({ at: daytime(clock.now() + Math.max(0.2, dice.skewed(habit[1] / 2, 0.8)) * HOUR_MS, dice), act: () => this.follow(token, row, dice) });
        break;
      }
    }
    return deeds;
  }

  /** What customers will do unasked while a case waits for it. */
  wonder({ message, correlationKey, processInstanceKey }: Awaited): Deed[] {
    const { seed, clock, mirror, broker } = this.options;
    const dice = new Dice(seed, 'wonder', message, correlationKey);
    const later = (hours: number): number => daytime(clock.now() + Math.max(0.5, dice.skewed(hours, 0.7)) * HOUR_MS, dice);
    const tell = (hours: number, variables: () => JsonObject): Deed[] => [{ at: later(hours), act: async () => void (await publish(broker, { name: message, correlationKey, messageId: `sample:${message}:${correlationKey}:${clock.now()}`, variables: variables() })) }];
    if (message === 'application_materials_supplied' && dice.chance(0.82)) {
      return tell(30, () => {
        const business = String(mirror.variablesAt(processInstanceKey)['business'] ?? '');
        return { materialKinds: materialsOf[business] ?? ['id', 'license', 'income'] };
      });
    }
    if (message === 'application_cancel_requested' && correlationKey.startsWith('SQ') && dice.chance(0.035)) return tell(20, () => ({ reasonText: dice.write('[资金计划有变|已在他处办理|家人不同意]') }));
    if (message === 'application_delay_requested' && dice.chance(0.025)) return tell(12, () => ({ newDate: inWorkTime({ ...this.options, now: clock.now() }, 3000), reasonText: dice.write('[出差在外|等待资金到位]') }));
    if (message === 'complaint_supplement' && dice.chance(0.05)) return tell(40, () => ({ supplement: dice.write('[补充：当天的排队小票已找到|补充：后来又接到一次类似电话|补充：截图见附件，时间为当日下午]，[请一并核实|供参考]。') }));
    return [];
  }

  private async follow(token: string, row: { message: string; correlation_key: string; process_instance_key: string }, dice: Dice): Promise<void> {
    const { broker, projection, db, clock, zone } = this.options;
    // The page shows what the read model knows.
    await projection.waitFor(1, broker.lastPosition(1), CATCH_UP_MS);
    try {
      await useLink({ db, engine: this.engine as GatewayClient, clock, zone }, token, JSON.parse(JSON.stringify(this.answer(row, dice))) as JsonObject, null);
    } catch (error) {
      // Too late, or somebody has done it by phone: the page says so, and that is that.
      if (error instanceof FormInvalidError) throw error;
      if (!(error instanceof ProductError)) throw error;
    }
  }

  private answer({ message, process_instance_key: key }: { message: string; process_instance_key: string }, dice: Dice): Values {
    const c = { ...this.options, now: this.options.clock.now(), dice, vars: this.options.mirror.variablesAt(key) };
    switch (message) {
      case 'survey_submitted':
        return surveyAnswer(c);
      case 'complaint_result_feedback': {
        const satisfaction = satisfactionWith(c);
        return { satisfaction, aspects: aspectsAround(c, satisfaction), ...(dice.chance(0.5) ? { comment: dice.write(satisfaction >= 4 ? '[处理及时，谢谢|沟通很耐心|结果可以接受]' : '[等得太久|没有解决根本问题|答复过于笼统]') } : {}) };
      }
      case 'appointment_change_requested':
        return { newFrom: inWorkTime(c, 900), newTo: inWorkTime(c, 1300), reasonText: dice.write('[临时有会|孩子生病|时间冲突]') };
      case 'appointment_cancel_requested':
        return { confirmed: true, reasonText: dice.write('[不需要了|已在线办理|行程有变]') };
      case 'complaint_supplement':
        return { supplement: dice.write('[补充：当天的排队小票已找到|补充：通话时间是下午三点左右]，[请一并核实|供参考]。') };
      case 'violation_appeal_filed':
        return { appealGrounds: dice.write(appealGrounds) };
      default:
        return { confirmed: true };
    }
  }
}

/** People use their phones by day and in the evening. */
function daytime(at: number, dice: Dice): number {
  const hour = Math.floor(((at + 8 * HOUR_MS) % (24 * HOUR_MS)) / HOUR_MS);
  return hour >= 8 && hour < 22 ? at : at + ((32 - hour) % 24) * HOUR_MS + dice.between(0, 90) * 60_000;
}
