import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '../../contract/json.ts';

/** The shipped element templates (Zeebe element template schema), by file name; none when the folder is not there. */
export async function readElementTemplates(shippedDir: string): Promise<JsonObject[]> {
  const folder = path.join(shippedDir, 'processes', 'element-templates');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const read = await Promise.all(files.map(async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as JsonObject | JsonObject[]));
  return read.flat();
}
