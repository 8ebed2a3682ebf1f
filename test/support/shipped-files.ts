import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The diagrams, decisions and forms of some shipped procedures, and the shared ones: their text by path from the root. */
export async function shippedFiles(processIds: readonly string[]): Promise<Record<string, string>> {
  const folders = [...processIds, 'shared'].flatMap((id) => [`processes/${id}`, `forms/${id}`]);
  const names = (await Promise.all(folders.map(listFiles))).flat();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(ROOT, name), 'utf8')] as const)));
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && /\.(bpmn|dmn|form)$/.test(entry.name)).map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}
