import type { CallLineProblem } from '../../contract/administration.ts';
import { csvFields } from '../../workers/calendar/import-calendar.ts';
import { instantOf } from '../../workers/calendar/zone-time.ts';

/** A call of the log; instants in epoch ms. */
export interface PhoneCall {
  startedAt: number;
  /** Null when nobody answered. */
  answeredAt: number | null;
  endedAt: number;
  agent: string;
  customerNo: string | null;
}

/** What is known of the lines' references, and the clock they are held against. */
export interface CallLogScope {
  zone: string;
  now: number;
  agents: ReadonlySet<string>;
  customers: ReadonlySet<string>;
}

/** Most calls in one file. */
export const CALL_LIMIT = 50_000;
/** Problems told at once; a file that is wrong throughout needs no more. */
const TOLD = 200;

const heads: Readonly<Record<string, keyof PhoneCall>> = {
  started: 'startedAt', 呼入时间: 'startedAt', answered: 'answeredAt', 接听时间: 'answeredAt', ended: 'endedAt', 结束时间: 'endedAt',
  agent: 'agent', 坐席: 'agent', customer: 'customerNo', 客户号: 'customerNo',
};

/**
 * Reads a telephone log: a head with `started,answered,ended,agent,customer` (or 呼入时间,接听时间,结束时间,坐席,客户号) in any order, then a
 * line for each call. Times are ISO 8601, or `2026-11-23 09:00:05` in the institution's zone; a call nobody answered has no
 * `answered`, an unknown caller no `customer`. Tells every line that is wrong.
 */
export function readCallLog(csv: string, scope: CallLogScope): { calls: PhoneCall[]; problems: CallLineProblem[] } {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = csvFields(lines[0] ?? '').map((head) => heads[head.toLowerCase()]);
  const wanted = [...new Set(Object.values(heads))];
  if (wanted.some((each) => columns.filter((column) => column === each).length !== 1)) return { calls: [], problems: [{ line: 1, rule: 'head', text: (lines[0] ?? '').slice(0, 200) }] };
  const calls = new Map<string, PhoneCall>();
  const problems: CallLineProblem[] = [];
  for (const [index, text] of lines.entries()) {
    if (index === 0 || text.trim() === '' || problems.length >= TOLD) continue;
    if (calls.size >= CALL_LIMIT) return { calls: [], problems: [{ line: index + 1, rule: 'many', text: String(CALL_LIMIT) }] };
    const fields = csvFields(text);
    const read = readCall((name) => fields[columns.indexOf(name)] ?? '', scope);
    if ('rule' in read) problems.push({ line: index + 1, ...read });
    else if (calls.has(callKey(read))) problems.push({ line: index + 1, rule: 'twice', text: text.slice(0, 200) });
    else calls.set(callKey(read), read);
  }
  if (calls.size === 0 && problems.length === 0) problems.push({ line: 2, rule: 'empty', text: '' });
  return { calls: [...calls.values()], problems };
}

/** What tells a call from others: nobody takes two at the same instant. */
export const callKey = ({ agent, startedAt }: Pick<PhoneCall, 'agent' | 'startedAt'>): string => `${agent} ${startedAt}`;

function readCall(field: (name: keyof PhoneCall) => string, { zone, now, agents, customers }: CallLogScope): PhoneCall | Omit<CallLineProblem, 'line'> {
  const [started, answered, ended] = [field('startedAt'), field('answeredAt'), field('endedAt')].map((written) => ({ written, at: written === '' ? null : timeOf(written, zone) })) as [Time, Time, Time];
  for (const each of [started, answered, ended]) if (each.at === null && (each !== answered || each.written !== '')) return { rule: 'time', text: each.written };
  const [startedAt, answeredAt, endedAt] = [started.at!, answered.at, ended.at!];
  if (endedAt < startedAt || (answeredAt !== null && (answeredAt < startedAt || answeredAt > endedAt))) return { rule: 'order', text: [started, answered, ended].map((each) => each.written || '—').join(' → ') };
  if (endedAt > now) return { rule: 'future', text: ended.written };
  const [agent, customer] = [field('agent'), field('customerNo')];
  if (!agents.has(agent)) return { rule: 'agent', text: agent };
  if (customer !== '' && !customers.has(customer)) return { rule: 'customer', text: customer };
  return { startedAt, answeredAt, endedAt, agent, customerNo: customer === '' ? null : customer };
}

interface Time {
  written: string;
  at: number | null;
}

function timeOf(written: string, zone: string): number | null {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(written)) {
    const at = Date.parse(written);
    return Number.isNaN(at) ? null : at;
  }
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(written);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second = '00'] = found.map((part) => part?.padStart(2, '0'));
  const date = `${year}-${month}-${day}`;
  const real = new Date(`${date}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== date) return null;
  return instantOf(date, `${hour}:${minute}`, zone) + Number(second) * 1000;
}
