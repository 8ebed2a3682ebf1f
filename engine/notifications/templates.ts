import type { Database } from '../database/connect.ts';
import { shippedTemplates } from './shipped-templates.ts';

/** A template with its parameters filled in. */
export interface RenderedMessage {
  subjectZh: string;
  textZh: string;
  subjectEn: string;
  textEn: string;
}

/** Stores the shipped templates; edited ones stay. */
export async function installTemplates(db: Database): Promise<void> {
  await db('app.notification_template')
    .insert(shippedTemplates.map((one) => ({ id: one.id, subject_zh: one.subjectZh, body_zh: one.bodyZh, subject_en: one.subjectEn, body_en: one.bodyEn })))
    .onConflict('id')
    .ignore();
}

/**
 * Fills the stored template. A parameter that is missing shows as `—`.
 * @throws when there is no such template
 */
export async function renderTemplate(db: Database, id: string, params: Readonly<Record<string, unknown>>): Promise<RenderedMessage> {
  const row: { subject_zh: string; body_zh: string; subject_en: string; body_en: string } | undefined = await db('app.notification_template').where({ id }).first();
  if (row === undefined) throw new Error(`there is no notification template "${id}": add it under templates, or correct the header "template"`);
  const fill = (text: string, language: 'zh' | 'en'): string => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => show(params[language === 'en' && `${name}En` in params ? `${name}En` : name]));
  return { subjectZh: fill(row.subject_zh, 'zh'), textZh: fill(row.body_zh, 'zh'), subjectEn: fill(row.subject_en, 'en'), textEn: fill(row.body_en, 'en') };
}

/** Names of the parameters a stored template has a place for; none when there is no such template. */
export async function parametersOf(db: Database, id: string): Promise<ReadonlySet<string>> {
  const row: { subject_zh: string; body_zh: string; subject_en: string; body_en: string } | undefined = await db('app.notification_template').where({ id }).first();
  const text = row === undefined ? '' : `${row.subject_zh}${row.body_zh}${row.subject_en}${row.body_en}`;
  return new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]!));
}

function show(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'string') return instant(value) ?? value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Instants of our own JSON read better without the letter T and the offset; they are in the institution's zone already. */
function instant(value: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)$/.exec(value);
  return found === null ? null : `${found[1]} ${found[2]}`;
}
