import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Encrypted contents of uploaded files, one file each under `files/`. */
export interface FileStore {
  /** Writes the bytes encrypted; what is needed besides the key to read them again. */
  write(id: string, bytes: Buffer): Promise<{ iv: Buffer; tag: Buffer }>;
  /** Throws when the file is missing or was tampered with. */
  read(id: string, sealed: { iv: Buffer; tag: Buffer }): Promise<Buffer>;
}

/** Opens the store under `dataDir`, and makes its key on first use. Losing `keys/files.key` loses the files. */
export function openFileStore(dataDir: string): FileStore {
  const folder = path.join(dataDir, 'files');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = fileKey(path.join(dataDir, 'keys'));
  return {
    async write(id, bytes) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(id));
      const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
      const target = path.join(folder, id);
      await writeFile(`${target}.part`, sealed, { mode: 0o600 });
      await rename(`${target}.part`, target);
      return { iv, tag: cipher.getAuthTag() };
    },
    async read(id, { iv, tag }) {
      const decipher = createDecipheriv('aes-256-gcm', key, iv);
      decipher.setAAD(Buffer.from(id));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(await readFile(path.join(folder, id))), decipher.final()]);
    },
  };
}

function fileKey(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'files.key');
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(32), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const key = readFileSync(file);
  if (key.length !== 32) throw new Error(`${file} is damaged: expected 32 bytes, found ${key.length}. Restore it from a backup.`);
  return key;
}
