import { Router, type Request } from 'express';
import { z } from 'zod';
import type { LedgerInfo, LedgerPage, LedgerRow, LedgerSheet } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { ledgerSight, type LedgerSight } from '../../identity/permissions.ts';
import { stageDeadlines } from '../stage-deadlines.ts';
import { actorOf, offsetOf, pageOf, textParam, userOf } from '../request.ts';
import type { TaskContext } from '../tasks/task-detail.ts';
import { findLedger, ledgers } from './catalogue.ts';
import { EXPORT_LIMIT, exportFile } from './export.ts';
import { figureOf, type MissRule } from './figure.ts';
import { figures } from './figures.ts';
import { columnOf, type Ledger } from './ledger.ts';
import { narrow, order, readFilter, requireSight, statesOf, visibleRows, type LedgerFilter } from './query.ts';
import { chosenColumns, rowOf, selection, showsPersonalData, withLinks, type RawRow } from './rows.ts';
import { readTargets } from './targets.ts';

const exported = z.object({ format: z.enum(['xlsx', 'csv']), lang: z.enum(['zh', 'en']).default('zh'), columns: z.string().max(2000).optional() });
/** Parts of an address that narrow nothing. */
const plain: ReadonlySet<string> = new Set(['format', 'lang', 'columns', 'page', 'pageSize', 'row']);

/** /api/ledgers: registers of the manual, searched, narrowed, sorted and paged in the database; exported as files. */
export function ledgerRoutes(context: TaskContext): Router {
  const { db, clock, zone } = context;
  const router = Router();

  router.get('/', (_request, response) => {
    const user = userOf(response, 'tasks', 'monitor');
    response.json(ledgers.flatMap((ledger): LedgerInfo[] => {
      const sight = ledgerSight(user, ledger.audience);
      return sight === 'none' ? [] : [infoOf(ledger, sight)];
    }));
  });

  router.get('/:id', async (request, response) => {
    const { user, ledger, sight, filter } = await asked(request, userOf(response, 'tasks', 'monitor'));
    const rows = matching(ledger, user, sight, filter, await missRule(filter));
    const [{ count }] = (await rows.clone().count({ count: '*' })) as [{ count: string }];
    const found = (await order(rows, ledger, filter.sort).select(selection(db, ledger, clock.now())).limit(filter.pageSize).offset(offsetOf(filter))) as RawRow[];
    const shown = await withLinks(db, user, found.map((raw) => rowOf(ledger, raw, sight)));
    await noteReading(request, user, ledger, sight, shown);
    response.json({ ...pageOf(shown, count, filter), exportLimit: EXPORT_LIMIT } satisfies LedgerPage);
  });

  router.get('/:id/export', async (request, response) => {
    const { user, ledger, sight, filter } = await asked(request, userOf(response, 'tasks', 'monitor'));
    const { format, lang, columns } = exported.parse(request.query);
    const rows = matching(ledger, user, sight, filter, await missRule(filter));
    const [{ count }] = (await rows.clone().count({ count: '*' })) as [{ count: string }];
    const narrowed = Object.fromEntries(Object.entries(request.query).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '' && !plain.has(entry[0])));
    const file = await exportFile(context, request, user, ledger, sight, { format, lang, columns: chosenColumns(ledger, columns), asked: narrowed }, Number(count), async () =>
      ((await order(rows, ledger, filter.sort).select(selection(db, ledger, clock.now())).limit(EXPORT_LIMIT)) as RawRow[]).map((raw) => rowOf(ledger, raw, sight)),
    );
    response.setHeader('content-type', file.type);
    response.setHeader('content-disposition', `attachment; filename="${ledger.id}.${format}"; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    response.setHeader('cache-control', 'no-store');
    response.send(file.content);
  });

  router.get('/:id/rows/:key', async (request, response) => {
    const user = userOf(response, 'tasks', 'monitor');
    const ledger = ledgerIn(request);
    const sight = requireSight(user, ledger);
    const key = textParam(request, 'key');
    const [raw] = (await visibleRows(db, ledger, user, sight).whereRaw(`${columnOf(ledger, ledger.key)!.sql} = ?`, [key]).select(selection(db, ledger, clock.now())).limit(1)) as RawRow[];
    if (raw === undefined) throw new ProductError('not_found', `Expected to find '${key}' in ledger '${ledger.id}', but it is not there or not open to this person`);
    const [row] = await withLinks(db, user, [rowOf(ledger, raw, sight)]);
    await noteReading(request, user, ledger, sight, [row!]);
    response.json({ row: row!, ...(await aroundRow(user, ledger, row!)) } satisfies LedgerSheet);
  });

  /** Deadlines of the row's case, and rows of other ledgers this person may see that belong to the same instance or case. */
  async function aroundRow(user: DirectoryUser, ledger: Ledger, row: LedgerRow): Promise<Omit<LedgerSheet, 'row'>> {
    const calendar = await context.calendar();
    const ended: { ended_at: Date | null } | undefined = await db('read_model.process_instance').select('ended_at').where({ key: row.processInstanceKey }).first();
    const numbers = [row.key, ...(typeof row.values['caseNo'] === 'string' ? [row.values['caseNo']] : [])];
    const related = await Promise.all(ledgers.filter((other) => other !== ledger).map(async (other) => {
      const sight = ledgerSight(user, other.audience);
      if (sight === 'none') return [];
      const key = columnOf(other, other.key)!.sql;
      const source = columnOf(other, 'sourceNo')?.sql;
      const rows = (await visibleRows(db, other, user, sight).where((some) => {
        some.whereRaw(`${other.caseNo} = any(?::text[])`, [numbers]);
        if (source !== undefined) some.orWhereRaw(`${source} = any(?::text[])`, [numbers]);
      }).select(db.raw(`${key} as key`)).orderByRaw(`${key}`).limit(20)) as { key: string }[];
      return rows.map((found) => ({ ledger: other.id, key: found.key }));
    }));
    return { deadlines: await stageDeadlines(db, calendar, row.processInstanceKey, ended?.ended_at?.getTime() ?? null, clock.now()), related: related.flat() };
  }

  async function asked(request: Request, user: DirectoryUser): Promise<{ user: DirectoryUser; ledger: Ledger; sight: LedgerSight; filter: LedgerFilter }> {
    const ledger = ledgerIn(request);
    return { user, ledger, sight: requireSight(user, ledger), filter: readFilter(ledger, request.query) };
  }

  function matching(ledger: Ledger, user: DirectoryUser, sight: LedgerSight, filter: LedgerFilter, miss: MissRule | null) {
    return narrow(visibleRows(db, ledger, user, sight), ledger, filter, { zone, now: clock.now(), miss });
  }

  async function missRule(filter: LedgerFilter): Promise<MissRule | null> {
    const metric = filter.figure === undefined ? undefined : figureOf(filter.figure)?.target;
    return metric === undefined || filter.met === undefined ? null : ((await readTargets(context)).targets.get(metric) ?? null);
  }

  async function noteReading(request: Request, user: DirectoryUser, ledger: Ledger, sight: LedgerSight, rows: LedgerRow[]): Promise<void> {
    if (!showsPersonalData(ledger, rows, sight) || !context.readings.isNew(`${user.id}:ledger:${ledger.id}`)) return;
    await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action: 'personal_data.read', object: `ledger:${ledger.id}`, after: { rows: rows.length } });
  }

  return router;
}

function ledgerIn(request: Request): Ledger {
  const ledger = findLedger(textParam(request, 'id'));
  if (ledger === undefined) throw new ProductError('not_found', `There is no ledger '${textParam(request, 'id')}'`);
  return ledger;
}

function infoOf(ledger: Ledger, sight: LedgerSight): LedgerInfo {
  const { id, name, nameEn, key, at } = ledger;
  return { id, name, nameEn, key, at, states: statesOf(ledger), columns: ledger.columns.map(({ sql: _sql, options, ...column }) => ({ ...column, options: options === undefined ? null : [...options] })), figures: figures.filter((figure) => figure.ledger === id).map((figure) => ({ id: figure.id, name: figure.name, nameEn: figure.nameEn })), masked: sight !== 'full', own: sight === 'own', confidential: ledger.confidential === true };
}
