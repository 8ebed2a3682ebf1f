import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { addDays, isoWithOffset, localDate } from '../../workers/calendar/zone-time.ts';
import type { SampleCustomer } from '../customers.ts';
import type { Dice } from '../dice.ts';
import type { OpenTask } from '../engine-mirror.ts';
import type { OfficeHours } from '../office-hours.ts';
import type { ComplaintTopic } from '../phrases/complaints.ts';
import type { Postbox } from '../postbox.ts';

/** What the people of the play know of the cases, besides what the engine knows. */
export interface Knowledge {
  seed: string;
  zone: string;
  hours: OfficeHours;
  customers: ReadonlyMap<string, SampleCustomer>;
  postbox: Postbox;
  /** What a complaint is about, by its text. */
  topics: Map<string, ComplaintTopic>;
  users: () => readonly DirectoryUser[];
}

/** What somebody has before them who fills in a form. */
export interface AnswerContext extends Knowledge {
  dice: Dice;
  now: number;
  user: DirectoryUser;
  task: Pick<OpenTask, 'elementId' | 'bpmnProcessId' | 'createdAt' | 'processInstanceKey'>;
  vars: JsonObject;
  /** Uploads a page; the value of a file field. */
  attach(name: string): Promise<JsonObject[]>;
}

/** Values of a form; what is undefined is left out. */
export type Values = { [name: string]: JsonValue | undefined };

export type Answer = (context: AnswerContext) => Values | Promise<Values>;

export const sites = [
  { id: 'branch_east', name: '城东支行' },
  { id: 'branch_west', name: '城西支行' },
  { id: 'head_office', name: '总行营业部' },
] as const;

type Timed = Pick<AnswerContext, 'now' | 'zone'>;

/** `2026-11-24T10:00+08:00`, as forms write it. */
export const minuteIso = (at: number, zone: string): string => {
  const iso = isoWithOffset(at, zone);
  return `${iso.slice(0, 16)}${iso.slice(19)}`;
};

/** The moment so many minutes ago. */
export const ago = ({ now, zone }: Timed, minutes: number): string => minuteIso(now - minutes * 60_000, zone);

/** The date so many days ahead. */
export const inDays = ({ now, zone }: Timed, days: number): string => addDays(localDate(now, zone), days);

/** The moment so many minutes of working time ahead. */
export const inWorkTime = ({ now, zone, hours }: Pick<AnswerContext, 'now' | 'zone' | 'hours'>, minutes: number): string => minuteIso(Math.ceil(hours.after(now, minutes) / 900_000) * 900_000, zone);

export const textOf = (vars: JsonObject, name: string): string | null => {
  const value: JsonValue | undefined = vars[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Values for the blocks of texts. */
export function blocks({ dice, now, zone }: Pick<AnswerContext, 'dice' | 'now' | 'zone'>, more: Record<string, string | number> = {}): Record<string, string | number> {
  const date = localDate(now - dice.between(1, 9) * 86_400_000, zone);
  const month = Number(date.slice(5, 7));
  return {
    day: `${month}月${Number(date.slice(8, 10))}日`,
    month: `${month === 1 ? 12 : month - 1}月`,
    time: `${dice.between(8, 16)}时${dice.pick(['05', '10', '20', '35', '40', '50'])}分`,
    site: dice.pick(sites).name,
    minutes: dice.between(5, 18) * 5,
    few: dice.between(2, 9),
    weeks: dice.pick(['两', '三', '四', '五']),
    percent: dice.between(2, 14),
    tail: dice.between(1000, 9999),
    amount: dice.between(2, 80) * 100,
    title: '本次事件',
    ...more,
  };
}

/** A text for this occasion. */
export const say = (context: Pick<AnswerContext, 'dice' | 'now' | 'zone'>, text: string, more: Record<string, string | number> = {}): string => context.dice.write(text, blocks(context, more));

/** People of a group, by id. */
export const members = ({ users }: Pick<Knowledge, 'users'>, group: string): string[] => users().filter((user) => user.groups.includes(group)).map((user) => user.id);

/** People who serve customers, by id. */
export const frontline = (knowledge: Pick<Knowledge, 'users'>): string[] => [...new Set(['cs_frontdesk', 'account_manager', 'counter_staff'].flatMap((group) => members(knowledge, group)))];
