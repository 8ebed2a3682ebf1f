import { Router } from 'express';
import { z } from 'zod';
import type { CallImport, CallLogCheck, ChannelFigures } from '../../contract/administration.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { ApiOptions } from '../api-options.ts';
import { readTargets } from '../ledgers/targets.ts';
import { actorOf, reason, userOf } from '../request.ts';
import { counterMonths, phoneMonths } from './channel-figures.ts';
import { callKey, readCallLog, type PhoneCall } from './read-call-log.ts';

/** Longest file in characters: what `CALL_LIMIT` lines take. */
const MAX_CSV = 5_000_000;
const check = z.object({ csv: z.string().max(MAX_CSV) });
const wanted = check.extend({ reason });

/** /api/calls: the telephone log, imported with a preview, and how long customers wait and are served by phone and at the counter (S0 5.1). For administrators. */
export function callRoutes(options: ApiOptions): Router {
  const { db, clock, zone } = options;
  const router = Router();

  router.get('/', async (_request, response) => {
    userOf(response, 'admin');
    const { targets } = await readTargets(options);
    const [phone, counter] = [targets.get('phone_minutes') ?? null, targets.get('counter_minutes') ?? null];
    const scope = { db, zone, now: clock.now() };
    const imports: { at: Date; by_name: string; imported: number; known: number }[] = await db('app.phone_call_import').orderBy('id', 'desc').limit(10);
    response.json({
      phone: { target: phone, months: await phoneMonths(scope, phone) },
      counter: { target: counter, months: await counterMonths(scope, counter) },
      imports: imports.map((one) => ({ at: one.at.toISOString(), byName: one.by_name, imported: one.imported, known: one.known })),
    } satisfies ChannelFigures);
  });

  router.post('/check', async (request, response) => {
    userOf(response, 'admin');
    const { calls, problems } = await read(db, check.parse(request.body).csv);
    const known = await knownOf(db, calls);
    const answered = calls.filter((call) => call.answeredAt !== null);
    const starts = calls.map((call) => call.startedAt).sort((a, b) => a - b);
    response.json({
      problems,
      calls: calls.length,
      known: known.size,
      missed: calls.length - answered.length,
      from: starts.length === 0 ? null : new Date(starts[0]!).toISOString(),
      to: starts.length === 0 ? null : new Date(starts.at(-1)!).toISOString(),
      handlingMinutes: answered.length === 0 ? null : Math.round((answered.reduce((sum, call) => sum + call.endedAt - call.answeredAt!, 0) / answered.length / 60_000) * 10) / 10,
    } satisfies CallLogCheck);
  });

  router.post('/', async (request, response) => {
    const user = userOf(response, 'admin');
    const given = wanted.parse(request.body);
    const at = new Date(clock.now());
    const done = await db.transaction(async (trx): Promise<CallImport> => {
      await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', ['import:phone_call']);
      const { calls, problems } = await read(trx, given.csv);
      if (problems.length > 0) throw new ProductError('calls_invalid', `Expected every line of the telephone log to be right, but these are not: ${problems.slice(0, 5).map((problem) => `line ${problem.line} (${problem.rule}): "${problem.text}"`).join('; ')}`, { count: problems.length });
      const known = await knownOf(trx, calls);
      const fresh = calls.filter((call) => !known.has(callKey(call)));
      const [row] = (await trx('app.phone_call_import').insert({ at, user_id: user.id, by_name: user.name, reason: given.reason, imported: fresh.length, known: known.size }).returning('id')) as { id: string }[];
      const rows = fresh.map((call) => ({ agent: call.agent, started_at: new Date(call.startedAt), answered_at: call.answeredAt === null ? null : new Date(call.answeredAt), ended_at: new Date(call.endedAt), customer_no: call.customerNo, import_id: row!.id }));
      for (let from = 0; from < rows.length; from += 1000) await trx('app.phone_call').insert(rows.slice(from, from + 1000));
      await appendAudit(trx, { at: at.getTime(), ...actorOf(request, user), action: 'calls.import', object: `phone_call_import:${row!.id}`, reason: given.reason, after: { imported: fresh.length, known: known.size } });
      return { at: at.toISOString(), byName: user.name, imported: fresh.length, known: known.size };
    });
    response.status(201).json(done);
  });

  async function read(on: Database, csv: string): Promise<ReturnType<typeof readCallLog>> {
    const agents: string[] = await on('app.app_user').pluck('id');
    const customers: string[] = await on('app.customer').pluck('customer_no');
    return readCallLog(csv, { zone, now: clock.now(), agents: new Set(agents), customers: new Set(customers) });
  }

  return router;
}

/** Keys of the calls that an earlier import has brought. */
async function knownOf(db: Database, calls: readonly PhoneCall[]): Promise<Set<string>> {
  if (calls.length === 0) return new Set();
  const starts = calls.map((call) => call.startedAt);
  const [first, last] = [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b))];
  const rows: { agent: string; started_at: Date }[] = await db('app.phone_call').select('agent', 'started_at').whereBetween('started_at', [new Date(first), new Date(last)]);
  const there = new Set(rows.map((row) => callKey({ agent: row.agent, startedAt: row.started_at.getTime() })));
  return new Set(calls.map(callKey).filter((key) => there.has(key)));
}
