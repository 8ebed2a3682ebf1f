// Environment for engines whose disk shall be slower than it is. Needs a C compiler and Linux.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** Variables that add so many milliseconds to each flush of an engine's files; none for 0. The library is built in `folder`. */
export async function slowDisk(ms, folder) {
  if (ms === 0) return {};
  const library = path.join(folder, 'slow-disk.so');
  await promisify(execFile)('cc', ['-shared', '-fPIC', '-O2', '-o', library, path.join(import.meta.dirname, 'slow-disk.c'), '-ldl']);
  return { LD_PRELOAD: library, SLOW_DISK_US: String(Math.round(ms * 1000)) };
}
