import { Router } from 'express';
import { readDirectory } from '../../identity/directory.ts';
import { offeredProducts } from '../../workers/ledgers/catalogue.ts';
import type { ApiOptions } from '../api-options.ts';
import { currentUser } from '../request.ts';

/** /api/directory: names of people, groups, sites and products, for selects. */
export function directoryRoutes({ db }: ApiOptions): Router {
  const router = Router();
  router.get('/', async (_request, response) => {
    currentUser(response);
    response.json({ ...(await readDirectory(db)), products: await offeredProducts(db) });
  });
  return router;
}
