import type { Request } from 'express';
import type { LedgerRow, LedgerValue } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { appendAudit } from '../../identity/audit.ts';
import { readDirectory, type DirectoryUser } from '../../identity/directory.ts';
import type { LedgerSight } from '../../identity/permissions.ts';
import { isoWithOffset } from '../../workers/calendar/zone-time.ts';
import { offeredProducts } from '../../workers/ledgers/catalogue.ts';
import type { ApiOptions } from '../api-options.ts';
import { actorOf } from '../request.ts';
import { csvOf } from './csv.ts';
import type { Ledger, LedgerColumn } from './ledger.ts';
import { wordsIn, type Words } from './rows.ts';
import { localCell, type Cell, type Sheet } from './sheet.ts';
import { xlsxOf } from './xlsx.ts';

/** Most rows one file holds. */
export const EXPORT_LIMIT = 20_000;

export interface ExportRequest {
  format: 'xlsx' | 'csv';
  lang: 'zh' | 'en';
  columns: readonly LedgerColumn[];
  /** The filter as it stood in the address, for the audit log and the sheet that explains the file. */
  asked: Record<string, string>;
}

/**
 * The file of a ledger's rows, as they are shown to this person; who took what is in the audit log, and in the workbook. What is
 * confidential carries a watermark with person and time: on every printed page of a workbook, as the last line of a CSV file.
 * @throws ProductError `export_too_large` beyond EXPORT_LIMIT rows
 */
export async function exportFile({ db, clock, zone }: ApiOptions, request: Request, user: DirectoryUser, ledger: Ledger, sight: LedgerSight, { format, lang, columns, asked }: ExportRequest, total: number, read: () => Promise<LedgerRow[]>): Promise<{ name: string; type: string; content: Buffer }> {
  if (total > EXPORT_LIMIT) throw new ProductError('export_too_large', `Expected at most ${EXPORT_LIMIT} rows in one export, but the filter leaves ${total}: narrow it, by dates for instance`, { count: total, limit: EXPORT_LIMIT });
  const rows = await read();
  const words = wordsIn(lang, { ...(await readDirectory(db)), products: await offeredProducts(db) });
  const title = lang === 'en' ? ledger.nameEn : ledger.name;
  const sheet = sheetOf(title, lang, zone, columns, rows, words);
  const now = clock.now();
  const at = isoWithOffset(now, zone).slice(0, 16).replace('T', ' ');
  const personal = columns.some((column) => column.type === 'personal');
  await appendAudit(db, { at: now, ...actorOf(request, user), action: 'ledger.export', object: `ledger:${ledger.id}`, after: { format, rows: rows.length, columns: columns.map((column) => column.id), filter: asked, personalData: personal ? (sight === 'full' ? 'full' : 'masked') : 'none' } });
  const name = `${title}-${at.slice(0, 10)}.${format}`;
  const mark = personal || ledger.confidential === true ? `${lang === 'en' ? 'Confidential' : '机密'} · ${user.name} (${user.id}) · ${at}` : null;
  if (format === 'csv') return { name, type: 'text/csv; charset=utf-8', content: csvOf(sheet, mark) };
  return { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: xlsxOf([sheet, about(lang, user, at, rows.length, asked)], mark) };
}

function sheetOf(name: string, lang: 'zh' | 'en', zone: string, columns: readonly LedgerColumn[], rows: readonly LedgerRow[], words: Words): Sheet {
  const kind = (column: LedgerColumn): Sheet['columns'][number]['kind'] => (column.type === 'instant' || column.type === 'date' || column.type === 'money' || column.type === 'number' ? column.type : 'text');
  return {
    name,
    columns: columns.map((column) => ({ title: lang === 'en' ? column.nameEn : column.name, kind: kind(column) })),
    rows: rows.map((row) => columns.map((column) => cellOf(column, row.values[column.id] ?? null, zone, words))),
  };
}

function cellOf(column: LedgerColumn, value: LedgerValue, zone: string, words: Words): Cell {
  if (value === null) return null;
  if (column.type === 'instant') return localCell(isoWithOffset(Date.parse(String(value)), zone).slice(0, 16).replace('T', ' '));
  if (column.type === 'date') return localCell(String(value));
  const shown = words(column, value);
  return typeof shown === 'number' ? shown : String(shown);
}

/** Who took the file, when, and by which filter: a copy that turns up elsewhere says where it comes from. */
function about(lang: 'zh' | 'en', user: DirectoryUser, at: string, count: number, asked: Record<string, string>): Sheet {
  const [title, item, content, by, when, rows, filter, all] = lang === 'en' ? ['About', 'Item', 'Content', 'Exported by', 'Exported at', 'Rows', 'Filter', 'none'] : ['导出说明', '项目', '内容', '导出人', '导出时间', '行数', '筛选条件', '无'];
  const text = Object.entries(asked).map(([name, value]) => `${name}=${value}`).join('  ');
  return { name: title!, columns: [{ title: item!, kind: 'text' }, { title: content!, kind: 'text' }], rows: [[by!, `${user.name} (${user.id})`], [when!, localCell(at)], [rows!, count], [filter!, text === '' ? all! : text]] };
}
