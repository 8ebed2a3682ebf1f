import type { Database } from '../../database/connect.ts';
import { loadCalendar } from './calendar-store.ts';
import { pascal } from './deadline.ts';
import { dueAt, remindAt, type Unit, type WorkingCalendar } from './working-calendar.ts';
import { isoWithOffset } from './zone-time.ts';

/** One part of a deadline's time; a second and later ones are extensions, counted from the due date before. */
export interface Term {
  amount: number;
  unit: Unit;
}

/** A deadline that the stored calendar would set to another instant (epoch ms). */
export interface Move {
  processInstanceKey: string;
  caseNo: string | null;
  processId: string;
  stage: string;
  oldDue: number;
  newDue: number;
  newRemind: number;
}

interface Row {
  process_instance_key: string;
  case_no: string | null;
  process_id: string;
  stage: string;
  started_at: Date;
  due_at: Date;
  remind_at_pct: string;
  terms: Term[] | null;
}

/** When `terms`, one after another from `start`, are over; epoch ms, whole seconds. */
export function dueByTerms(calendar: WorkingCalendar, start: number, terms: readonly Term[]): number {
  return Math.floor(terms.reduce((at, term) => dueAt(calendar, at, term.amount, term.unit), start) / 1000) * 1000;
}

/**
 * Deadlines in working days, not yet passed, of running cases, and those of them the stored calendar would move. `byHand` counts
 * the ones set by a form or a supervisor, which are left alone.
 */
export async function deadlineMoves(db: Database, zone: string, now: number): Promise<{ checked: number; byHand: number; moves: Move[] }> {
  const { calendar } = await loadCalendar(db, zone);
  const rows: Row[] = await db('app.deadline as d')
    .join('read_model.process_instance as p', 'p.key', 'd.process_instance_key')
    .where('p.state', 'active')
    .where('d.due_at', '>', new Date(now))
    .where((some) => some.where('d.unit', 'wd').orWhereRaw(`d.terms @> '[{"unit": "wd"}]'`))
    .select('d.process_instance_key', 'd.case_no', 'd.process_id', 'd.stage', 'd.started_at', 'd.due_at', 'd.remind_at_pct', 'd.terms')
    .orderBy(['d.due_at', 'd.process_instance_key', 'd.stage']);
  const computed = rows.filter((row) => row.terms !== null);
  const moves = computed.flatMap((row): Move[] => {
    const start = row.started_at.getTime();
    const due = dueByTerms(calendar, start, row.terms!);
    if (due === row.due_at.getTime()) return [];
    const remind = Math.floor(remindAt(calendar, Math.min(start, due), due, Number(row.remind_at_pct), row.terms!.at(-1)!.unit) / 1000) * 1000;
    return [{ processInstanceKey: row.process_instance_key, caseNo: row.case_no, processId: row.process_id, stage: row.stage, oldDue: row.due_at.getTime(), newDue: due, newRemind: remind }];
  });
  return { checked: computed.length, byHand: rows.length - computed.length, moves };
}

/** Variables that tell a process of the stage's dates. */
export function dueVariables(move: Move, zone: string): Record<string, string> {
  const stage = pascal(move.stage);
  return { [`due${stage}`]: isoWithOffset(move.newDue, zone), [`remind${stage}`]: isoWithOffset(move.newRemind, zone) };
}

/**
 * Moves one deadline, in the caller's transaction; false when it is no longer as it was. Timers that run keep their date: one that
 * comes too early finds the later date in the table, one that would come too late is overtaken by the watch.
 */
export async function moveToCalendar(trx: Database, move: Move): Promise<boolean> {
  const moved = await trx('app.deadline').where({ process_instance_key: move.processInstanceKey, stage: move.stage, due_at: new Date(move.oldDue) }).whereNotNull('terms').update({ due_at: new Date(move.newDue), remind_at: new Date(move.newRemind) });
  if (moved === 0) return false;
  if (move.caseNo !== null && move.newDue < move.oldDue) await trx('app.sla_watch').insert({ case_no: move.caseNo, stage: move.stage, process_instance_key: move.processInstanceKey, due_at: new Date(move.newDue), reason: 'moved' }).onConflict(['case_no', 'stage', 'due_at']).ignore();
  if (move.stage === 'overall' && move.caseNo !== null) await trx('app.complaint').where({ complaint_no: move.caseNo, due_overall: new Date(move.oldDue) }).update({ due_overall: new Date(move.newDue) });
  return true;
}
