import { Router } from 'express';
import { z } from 'zod';
import type { BreakdownView, DashboardInfo, DashboardView, FigureView, FlowView, HeatCell, LedgerOption } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { readDirectory, type DirectoryUser } from '../../identity/directory.ts';
import { ledgerSight } from '../../identity/permissions.ts';
import { monthLater } from '../../workers/calendar/period.ts';
import { localDate } from '../../workers/calendar/zone-time.ts';
import type { ApiOptions } from '../api-options.ts';
import { textParam, userOf } from '../request.ts';
import { findLedger } from './catalogue.ts';
import { dashboards, type Dashboard } from './dashboard-catalogue.ts';
import { figureOf } from './figure.ts';
import { columnOf } from './ledger.ts';
import { measureBreakdown, measureFigure, measureFlow, measureHeat, type Scope } from './measure.ts';
import { changeTargets, readTargets, targetsView } from './targets.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const query = z.object({ from: month.optional(), to: month.optional(), unit: z.string().max(64).optional() });
/** Longest period, in months. */
const LONGEST = 60;

/** /api/dashboards: figures of the ledgers against their targets. Open to who oversees what a dashboard is about, and administrators. */
export function dashboardRoutes(options: ApiOptions): Router {
  const { db, clock, zone } = options;
  const router = Router();

  router.get('/', (_request, response) => {
    const user = userOf(response, 'tasks', 'monitor');
    response.json(dashboards.filter((each) => mayOpenDashboard(user, each)).map(({ id, name, nameEn }): DashboardInfo => ({ id, name, nameEn })));
  });

  router.get('/targets', async (_request, response) => {
    response.json(await targetsView(options, userOf(response, 'tasks', 'monitor', 'design')));
  });

  router.put('/targets', async (request, response) => {
    response.json(await changeTargets(options, request, userOf(response, 'tasks', 'monitor', 'design')));
  });

  router.get('/:id', async (request, response) => {
    const user = userOf(response, 'tasks', 'monitor');
    const dashboard = dashboards.find((each) => each.id === textParam(request, 'id'));
    if (dashboard === undefined) throw new ProductError('not_found', `There is no dashboard '${textParam(request, 'id')}'`);
    if (!mayOpenDashboard(user, dashboard)) throw new ProductError('forbidden', `The dashboard '${dashboard.id}' is not open to the groups of this person`);
    const asked = query.parse(request.query);
    const to = asked.to ?? localDate(clock.now(), zone).slice(0, 7);
    const from = asked.from ?? monthLater(to, -2);
    if (from > to || monthLater(from, LONGEST) <= to) throw new ProductError('bad_request', `Expected a period of 1 to ${LONGEST} months, but it is from ${from} to ${to}`);
    const unitColumn = findLedger(dashboard.ledger)!.unit;
    const scope: Scope = { db, user, zone, now: clock.now(), from, to, unit: unitColumn === null || asked.unit === undefined || asked.unit === '' ? null : { column: unitColumn, value: asked.unit } };
    const { targets } = await readTargets(options);
    // One statement each, on one connection after another: a page must not take all of the pool.
    const figures: FigureView[] = [];
    for (const id of dashboard.figures) figures.push(await measureFigure(scope, figureOf(id)!, targets));
    const breakdowns: BreakdownView[] = [];
    for (const each of dashboard.breakdowns) breakdowns.push(await measureBreakdown(scope, each));
    const flow: FlowView | null = dashboard.flow === null ? null : await measureFlow(scope, dashboard.flow);
    const heat: HeatCell[] | null = dashboard.heat ? await measureHeat(scope) : null;
    const { id, name, nameEn } = dashboard;
    response.json({ id, name, nameEn, from, to, at: new Date(clock.now()).toISOString(), units: await unitsOf(dashboard), figures, breakdowns, flow, heat } satisfies DashboardView);
  });

  async function unitsOf(dashboard: Dashboard): Promise<DashboardView['units']> {
    const ledger = findLedger(dashboard.ledger)!;
    const column = ledger.unit === null ? undefined : columnOf(ledger, ledger.unit);
    if (column === undefined) return { column: null, options: [] };
    const sites: LedgerOption[] = column.type === 'site' ? (await readDirectory(db)).sites.map(({ id, name, nameEn }) => ({ value: id, name, nameEn })) : [];
    return { column: column.id, options: column.type === 'site' ? sites : [...(column.options ?? [])] };
  }

  return router;
}

function mayOpenDashboard(user: DirectoryUser, dashboard: Dashboard): boolean {
  const sight = ledgerSight(user, findLedger(dashboard.ledger)!.audience);
  return sight === 'full' || sight === 'masked';
}
