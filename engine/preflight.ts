import { mkdir, statfs } from 'node:fs/promises';
import net from 'node:net';
import { StartError, type Config } from './config.ts';

/** Least free space to start with: the write-ahead log alone may take a few segments of 16 MB. */
const MIN_FREE_BYTES = 200 * 1024 * 1024;

/** What can be known to fail before anything is started: ports in use, no room on the disk, a folder that cannot be made. */
export async function checkBeforeStart(config: Config): Promise<void> {
  await checkPort(config.host, config.port, 'PORT');
  await checkPort(config.gateway.host, config.gateway.port, 'GATEWAY_PORT');
  if (config.gateway.restPort !== undefined) await checkPort(config.gateway.host, config.gateway.restPort, 'GATEWAY_REST_PORT');
  try {
    await mkdir(config.dataDir, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw diskFull(config.dataDir, cause);
    throw new StartError(`数据目录 ${config.dataDir} 无法创建（${code ?? '未知原因'}）：请检查权限，或用 DATA_DIR 指定其他目录。 / The data folder ${config.dataDir} cannot be made (${code ?? 'unknown reason'}): check its permissions, or set DATA_DIR.`, { cause });
  }
  const { bavail, bsize } = await statfs(config.dataDir);
  if (bavail * bsize < MIN_FREE_BYTES) throw diskFull(config.dataDir);
}

function diskFull(dataDir: string, cause?: unknown): StartError {
  return new StartError(`磁盘空间不足：${dataDir} 所在磁盘至少需要 200 MB 可用空间，请清理，或用 DATA_DIR 指定其他磁盘。 / The disk that holds ${dataDir} is full: free at least 200 MB, or point DATA_DIR at another disk.`, { cause });
}

async function checkPort(host: string, port: number, setting: string): Promise<void> {
  if (port === 0) return;
  const server = net.createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new StartError(`端口 ${port} 已被占用：请停止占用它的程序，或设置 ${setting}。 / Port ${port} is in use: stop the program that uses it, or set ${setting}.`, { cause });
    throw new StartError(`无法监听 ${host}:${port}（${code ?? '未知原因'}）：请修改 ${setting} 或 HOST。 / Cannot listen on ${host}:${port} (${code ?? 'unknown reason'}): change ${setting} or HOST.`, { cause });
  } finally {
    await new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
  }
}
