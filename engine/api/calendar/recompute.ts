import { createHash } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import type { Request } from 'express';
import type { DeadlineMove, RecomputePreview, RecomputeRun } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { addToInbox } from '../../notifications/inbox.ts';
import { stageNames } from '../../notifications/shipped-templates.ts';
import { deadlineMoves, dueVariables, moveToCalendar, type Move } from '../../workers/calendar/recompute.ts';
import { isoWithOffset } from '../../workers/calendar/zone-time.ts';
import type { ApiOptions } from '../api-options.ts';
import { GatewayError } from '../gateway-client.ts';
import { actorOf, iso } from '../request.ts';
import { tasksOf } from '../tasks/task-rows.ts';

/** Most moves a preview lists; it counts them all. */
const SHOWN = 200;

interface RunRow {
  id: string;
  by_name: string;
  reason: string;
  total: number;
  moved: number;
  skipped: number;
  failed: number;
  started_at: Date;
  finished_at: Date | null;
}

/**
 * Computes the deadlines of open cases anew after the calendar has changed: first what would move, then, confirmed, one case after
 * another in the background. A run that is broken off has moved some; the next preview shows the rest.
 */
export class Recompute {
  private readonly options: ApiOptions;
  private running: string | null = null;

  constructor(options: ApiOptions) {
    this.options = options;
  }

  async preview(): Promise<RecomputePreview> {
    const { checked, byHand, moves, digest } = await this.plan();
    const shown = moves.slice(0, SHOWN);
    const names = await this.namesOf([...new Set(shown.map((move) => move.processId))]);
    const now = this.options.clock.now();
    const views = shown.map((move): DeadlineMove => ({ processInstanceKey: move.processInstanceKey, caseNo: move.caseNo, processId: move.processId, processName: names.get(move.processId)?.name ?? move.processId, processNameEn: names.get(move.processId)?.nameEn ?? null, stage: move.stage, stageName: stageNames[move.stage]?.zh ?? move.stage, stageNameEn: stageNames[move.stage]?.en ?? move.stage, oldDue: iso(new Date(move.oldDue)), newDue: iso(new Date(move.newDue)), late: move.newDue <= now }));
    return { digest, checked, byHand, moves: views, total: moves.length, cases: new Set(moves.map((move) => move.processInstanceKey)).size, run: await this.lastRun() };
  }

  async lastRun(): Promise<RecomputeRun | null> {
    const row: RunRow | undefined = await this.options.db('app.calendar_recompute').orderBy('id', 'desc').first();
    return row === undefined ? null : this.viewOf(row);
  }

  /**
   * Begins to move what the preview named by `digest` has shown.
   * @throws ProductError `recompute_changed` when that has changed, `recompute_running` while another run is at work
   */
  async start(request: Request, user: DirectoryUser, digest: string, reason: string): Promise<RecomputeRun> {
    if (this.running !== null) throw new ProductError('recompute_running', 'Deadlines are being computed anew already: wait until that is done');
    this.running = '';
    try {
      const { db, clock } = this.options;
      const plan = await this.plan();
      if (plan.digest !== digest) throw new ProductError('recompute_changed', 'What would move has changed since it was shown: look at it anew');
      const at = clock.now();
      const row = await db.transaction(async (trx) => {
        const rows = (await trx('app.calendar_recompute').insert({ user_id: user.id, by_name: user.name, reason, digest, total: plan.moves.length, started_at: new Date(at) }).returning('*')) as RunRow[];
        await appendAudit(trx, { at, ...actorOf(request, user), action: 'calendar.recompute', object: `recompute:${rows[0]!.id}`, reason, after: { deadlines: plan.moves.length, digest } });
        return rows[0]!;
      });
      this.running = row.id;
      const begun = this.viewOf(row);
      const actor = actorOf(request, user);
      void this.work(row.id, plan.moves, user, actor, reason).catch((error: unknown) => this.options.log.error({ err: error }, 'deadlines were not all computed anew')).finally(() => (this.running = null));
      return begun;
    } catch (error) {
      this.running = null;
      throw error;
    }
  }

  private async work(id: string, moves: readonly Move[], user: DirectoryUser, actor: ReturnType<typeof actorOf>, reason: string): Promise<void> {
    const { db, clock, log } = this.options;
    const done = { moved: 0, skipped: 0, failed: 0 };
    for (const move of moves) {
      try {
        done[(await this.moveOne(move, actor, reason)) ? 'moved' : 'skipped'] += 1;
      } catch (error) {
        done.failed += 1;
        log.error({ err: error, case: move.caseNo, stage: move.stage }, 'a deadline could not be moved');
      }
      await db('app.calendar_recompute').where({ id }).update(done);
    }
    const at = clock.now();
    await db('app.calendar_recompute').where({ id }).update({ ...done, finished_at: new Date(at) });
    await addToInbox(db, { userId: user.id, at, title: '期限已重新计算', text: `移动 ${done.moved} 项，未变 ${done.skipped} 项，失败 ${done.failed} 项。`, titleEn: 'Deadlines recomputed', textEn: `${done.moved} moved, ${done.skipped} left as they are, ${done.failed} failed.`, link: '/admin/calendar', onceKey: `recompute:${id}` });
    await appendAudit(db, { at, ...actor, action: 'calendar.recomputed', object: `recompute:${id}`, reason, after: done });
  }

  /** One deadline with its case's tasks and variables; false when it has changed meanwhile or its case is over. */
  private async moveOne(move: Move, actor: ReturnType<typeof actorOf>, reason: string): Promise<boolean> {
    const { db, clock, zone, engine } = this.options;
    return db.transaction(async (trx) => {
      if (!(await moveToCalendar(trx, move))) return false;
      const at = clock.now();
      for (const task of await tasksOf(trx, [move.processInstanceKey])) {
        if (task.state !== 'open' || task.due_at?.getTime() !== move.oldDue) continue;
        await trx('app.task_override').insert({ job_key: task.key, process_instance_key: move.processInstanceKey, element_id: task.element_id, due_at: new Date(move.newDue), reason, at: new Date(at) });
      }
      await appendAudit(trx, { at, ...actor, action: 'deadline.move', object: move.caseNo === null ? `instance:${move.processInstanceKey}` : `case:${move.caseNo}`, reason, before: { stage: move.stage, due: isoWithOffset(move.oldDue, zone) }, after: { stage: move.stage, due: isoWithOffset(move.newDue, zone) } });
      // Last, so that a refusal of the engine leaves everything as it was.
      const variables = dueVariables(move, zone);
      for (const [scope, names] of await this.scopesOf(trx, move, Object.keys(variables))) {
        const changed: JsonObject = Object.fromEntries(names.map((name) => [name, variables[name]!]));
        await engine.setVariables(scope, changed).catch((error: unknown) => {
          if (!(error instanceof GatewayError && error.code === status.NOT_FOUND)) throw error; // the scope has ended meanwhile
        });
      }
      return true;
    });
  }

  /** Living scopes of the case that hold variables of these names. */
  private async scopesOf(db: Database, move: Move, names: readonly string[]): Promise<Map<string, string[]>> {
    const rows: { scope_key: string; name: string }[] = await db('read_model.variable as v')
      .where('v.process_instance_key', move.processInstanceKey)
      .whereIn('v.name', names)
      .where((some) => some.whereRaw('v.scope_key = v.process_instance_key').orWhereRaw('exists (select 1 from read_model.element_instance e where e.key = v.scope_key and e.ended_at is null)'))
      .select('v.scope_key', 'v.name');
    const scopes = new Map<string, string[]>();
    for (const row of rows) scopes.set(row.scope_key, [...(scopes.get(row.scope_key) ?? []), row.name]);
    return scopes;
  }

  private async plan(): Promise<{ checked: number; byHand: number; moves: Move[]; digest: string }> {
    const { db, zone, clock } = this.options;
    const found = await deadlineMoves(db, zone, clock.now());
    return { ...found, digest: createHash('sha256').update(JSON.stringify(found.moves)).digest('hex') };
  }

  private async namesOf(processIds: string[]): Promise<Map<string, { name: string; nameEn: string | null }>> {
    const rows: { id: string; name: string; nameEn: string | null }[] = await this.options.db('read_model.process_definition').distinctOn('bpmn_process_id').whereIn('bpmn_process_id', processIds).select({ id: 'bpmn_process_id', name: 'name', nameEn: 'name_en' }).orderBy(['bpmn_process_id', { column: 'version', order: 'desc' }]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private viewOf(row: RunRow): RecomputeRun {
    const state = row.finished_at !== null ? 'done' : this.running === row.id ? 'running' : 'interrupted';
    return { id: row.id, state, total: row.total, moved: row.moved, skipped: row.skipped, failed: row.failed, startedAt: iso(row.started_at), finishedAt: iso(row.finished_at), by: row.by_name, reason: row.reason };
  }
}
