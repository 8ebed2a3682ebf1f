import { Router } from 'express';
import type { Health } from '../../contract/api.ts';
import type { ApiOptions } from '../api-options.ts';

const MAX_LAG_MS = 2000;

/** Is everything there that work needs? Asked of the parts themselves. */
export async function readHealth({ db, engine, projection, source }: Pick<ApiOptions, 'db' | 'engine' | 'projection' | 'source'>): Promise<Health> {
  const detail: Record<string, string> = {};
  const asked = async (part: string, question: () => Promise<string | null>): Promise<boolean> => {
    try {
      const trouble = await question();
      if (trouble !== null) detail[part] = trouble;
      return trouble === null;
    } catch (error) {
      detail[part] = (error as Error).message;
      return false;
    }
  };
  const [broker, procedures, readModel] = await Promise.all([
    asked('broker', async () => {
      await engine.probe();
      return null;
    }),
    asked('procedures', async () => ((await db('read_model.process_definition').where({ deleted: false }).first()) === undefined ? 'no procedure is deployed' : null)),
    asked('readModel', async () => {
      if (projection.lagMs() > MAX_LAG_MS) return `the read model is ${projection.lagMs()} ms behind`;
      if (source.latestPosition === undefined) return null;
      const positions = await Promise.all(Array.from({ length: source.partitions }, async (_, index) => ({ partition: index + 1, latest: await source.latestPosition!(index + 1) })));
      const caughtUp = await Promise.all(positions.map(({ partition, latest }) => projection.waitFor(partition, latest, MAX_LAG_MS)));
      return caughtUp.every(Boolean) ? null : 'the read model does not reach the newest record';
    }),
  ]);
  return { ok: broker && procedures && readModel, parts: { broker, procedures, readModel }, detail };
}

/** /api/health, for anybody. */
export function healthRoutes(options: ApiOptions): Router {
  const router = Router();
  router.get('/', async (_request, response) => {
    const health = await readHealth(options);
    response.status(health.ok ? 200 : 503).json(health);
  });
  return router;
}
