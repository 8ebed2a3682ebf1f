import { status } from '@grpc/grpc-js';
import type { Request } from 'express';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import { findUser, type DirectoryUser } from '../../identity/directory.ts';
import { isRecused, mayReceive, taskPermissions } from '../../identity/permissions.ts';
import { addToInbox } from '../../notifications/inbox.ts';
import { GatewayError } from '../gateway-client.ts';
import { actorOf } from '../request.ts';
import { auditObject, holdingTask, rememberParticipant, visibleTask } from './task-access.ts';
import type { TaskContext } from './task-detail.ts';
import { factsOf, type TaskRow } from './task-rows.ts';

/** Takes a free task. `already_claimed` when a colleague was first, `recused` for who is excluded, `not_on_duty` for who is restricted, suspended or off. */
export async function claimTask(context: TaskContext, request: Request, user: DirectoryUser, key: string): Promise<void> {
  await change(context, request, user, key, 'task.claim', null, async (trx, row) => {
    if (row.assignee === user.id) return user.id;
    if (row.assignee !== null) throw new ProductError('already_claimed', `Expected task '${key}' to be free, but ${row.assignee_name ?? row.assignee} has it`, { name: row.assignee_name ?? row.assignee });
    requireDuty(user, key);
    if (!taskPermissions(user, factsOf(row)).claim) throw new ProductError('forbidden', `You are no candidate of task '${key}'`);
    await rememberParticipant(trx, row.process_instance_key, user.id);
    return user.id;
  });
}

/** Gives one's task back to its candidates. */
export async function unclaimTask(context: TaskContext, request: Request, user: DirectoryUser, key: string): Promise<void> {
  await change(context, request, user, key, 'task.unclaim', null, async (_trx, row) => {
    if (!taskPermissions(user, factsOf(row)).unclaim) throw new ProductError('forbidden', `Expected task '${key}' to be yours and to have candidates to give it back to`);
    return null;
  });
}

/** Passes a task on 转办: one's own, or a free one of one's group. `forbidden` when the other person may not have it. */
export async function assignTask(context: TaskContext, request: Request, user: DirectoryUser, key: string, to: { userId: string; reason: string }): Promise<void> {
  await change(context, request, user, key, 'task.assign', to.reason, async (trx, row) => {
    const facts = factsOf(row);
    if (!taskPermissions(user, facts).assign) throw new ProductError('forbidden', `Expected task '${key}' to be yours, or free and open to you`);
    const receiver = await findUser(trx, to.userId);
    if (receiver === null) throw new ProductError('bad_request', `Expected to assign the task to '${to.userId}', but there is no such person`);
    if (isRecused(receiver, facts)) throw new ProductError('recused', `${receiver.name} is excluded from task '${key}' (recusal)`, { name: receiver.name });
    if (receiver.id !== user.id) requireDuty(receiver, key);
    if (!mayReceive(receiver, facts)) throw new ProductError('forbidden', `${receiver.name} belongs to none of the task's groups`, { name: receiver.name });
    await rememberParticipant(trx, row.process_instance_key, user.id);
    if (receiver.id !== user.id) {
      await addToInbox(trx, { userId: receiver.id, at: context.clock.now(), title: `转办:${row.name}`, text: [row.case_no, to.reason].filter(Boolean).join(' '), titleEn: `Assigned to you: ${row.name_en ?? row.name}`, textEn: [row.case_no, to.reason].filter(Boolean).join(' '), link: `/tasks/${key}` });
    }
    return receiver.id;
  });
}

/** Nobody who is not on duty gets new work; what somebody has already, they finish. */
function requireDuty(user: DirectoryUser, key: string): void {
  if (user.duty !== 'on') throw new ProductError('not_on_duty', `${user.name} is not on duty (${user.duty}) and cannot take task '${key}'`, { name: user.name });
}

async function assignInEngine({ engine }: TaskContext, key: string, assignee: string | null): Promise<void> {
  try {
    await engine.assignUserTask(key, assignee);
  } catch (error) {
    if (error instanceof GatewayError && error.code === status.NOT_FOUND) throw new ProductError('task_gone', `The engine cannot assign task '${key}': ${error.message}`, {}, { cause: error });
    throw error;
  }
}

async function change(context: TaskContext, request: Request, user: DirectoryUser, key: string, action: string, reason: string | null, decide: (trx: Database, row: TaskRow) => Promise<string | null>): Promise<void> {
  const at = context.clock.now();
  await holdingTask(context.db, key, async (trx) => {
    const row = await visibleTask(trx, user, key);
    if (!factsOf(row).open) throw new ProductError('task_gone', `Task '${key}' is ${row.state} already`);
    const assignee = await decide(trx, row);
    if (assignee === row.assignee) return;
    await trx('app.task_state').insert({ job_key: key, process_instance_key: row.process_instance_key, assignee, changed_at: new Date(at) }).onConflict('job_key').merge(['assignee', 'changed_at']);
    // Other clients of the engine see whose it is, too.
    if (row.native) await assignInEngine(context, key, assignee);
    await appendAudit(trx, { at, ...actorOf(request, user), action, object: auditObject(row), reason, before: { assignee: row.assignee }, after: { task: key, element: row.element_id, assignee } });
  });
  context.events.taskChanged(key);
}
