import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { ApiOptions } from '../../engine/api/index.ts';
import { startWorkers } from '../../engine/workers/start-workers.ts';
import { shippedFiles } from './shipped-files.ts';
import { TestStack } from './stack.ts';

export interface StackWithWorkers {
  stack: TestStack;
  /** Ends everything; fails the test file when the stack or the workers complained of anything. */
  stop: () => Promise<void>;
}

/** The stack with the product's job workers at its gateway and some shipped procedures (and the shared ones) deployed; links in mails lead to `https://service.example.com`. */
export async function startStackWithWorkers(processIds: readonly string[], options: Partial<ApiOptions> = {}): Promise<StackWithWorkers> {
  const stack = await TestStack.start(options);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-workers-'));
  const problems: string[] = [];
  const workers = await startWorkers({
    gatewayAddress: stack.gatewayAddress,
    db: stack.database.db,
    clock: stack.clock,
    publicUrl: 'https://service.example.com',
    archiveKeyFile: path.join(folder, 'archive.key'),
    watchIntervalMs: 0,
    onProblem: (message) => void problems.push(message),
  });
  await stack.deploy(await shippedFiles(processIds));
  const stop = async (): Promise<void> => {
    await workers.stop();
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
    expect({ stack: stack.errors, workers: problems }).toEqual({ stack: [], workers: [] });
  };
  return { stack, stop };
}
