import type { Database } from '../database/connect.ts';

/** A line for one person's inbox, in both languages. */
export interface InboxEntry {
  userId: string;
  /** Epoch ms. */
  at: number;
  title: string;
  text: string;
  titleEn?: string;
  textEn?: string;
  /** Where a click leads. */
  link?: string | null;
  /** A second entry of the same key is dropped. */
  onceKey?: string | null;
}

/** Puts the entry into the inbox; false when an entry of the same `onceKey` is already there. */
export async function addToInbox(db: Database, entry: InboxEntry): Promise<boolean> {
  const added = await db('app.inbox_message')
    .insert({ user_id: entry.userId, at: new Date(entry.at), title: entry.title, text: entry.text, title_en: entry.titleEn ?? null, text_en: entry.textEn ?? null, link: entry.link ?? null, once_key: entry.onceKey ?? null })
    .onConflict('once_key')
    .ignore()
    .returning('id');
  return added.length > 0;
}
