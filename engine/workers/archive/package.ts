import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';

/** An archive package that cannot be opened: wrong key, changed bytes, destroyed. */
export class ArchiveError extends Error {}

export interface SealedPackage {
  /** Digest of the plain package. */
  sha256: string;
  iv: Buffer;
  tag: Buffer;
  bytes: Buffer;
}

/** Encrypts a package with AES-256-GCM; the archive number is authenticated with it, so packages cannot be swapped. */
export function sealPackage(content: JsonObject, archiveNo: string, key: Buffer): SealedPackage {
  const plain = Buffer.from(JSON.stringify(content), 'utf8');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(archiveNo));
  const bytes = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { sha256: createHash('sha256').update(plain).digest('hex'), iv, tag: cipher.getAuthTag(), bytes };
}

/**
 * Opens a stored package and proves it unchanged.
 * @throws ArchiveError when there is none, it was destroyed, or it does not fit its digest
 */
export async function openArchive(db: Database, archiveNo: string, key: Buffer): Promise<JsonObject> {
  const row: { sha256: string; iv: Buffer; tag: Buffer; package: Buffer | null } | undefined = await db('app.archive_item').select('sha256', 'iv', 'tag', 'package').where({ archive_no: archiveNo }).first();
  if (row === undefined) throw new ArchiveError(`there is no archive item ${archiveNo}`);
  if (row.package === null) throw new ArchiveError(`archive item ${archiveNo} has been destroyed`);
  let plain: Buffer;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, row.iv).setAAD(Buffer.from(archiveNo)).setAuthTag(row.tag);
    plain = Buffer.concat([decipher.update(row.package), decipher.final()]);
  } catch (cause) {
    throw new ArchiveError(`archive item ${archiveNo} was changed or belongs to another key`, { cause });
  }
  if (createHash('sha256').update(plain).digest('hex') !== row.sha256) throw new ArchiveError(`archive item ${archiveNo} does not fit its digest`);
  return JSON.parse(plain.toString('utf8')) as JsonObject;
}
