import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../contract/json.ts';
import type { Command } from '../../protocol/commands.ts';
import { assignment, completion, readBody, update } from './body.ts';
import { Problem } from './problem.ts';

/** A route on one user task: the command it gives, and that command's name as Zeebe's message says it. */
type UserTaskRoute = (userTaskKey: string, request: IncomingMessage) => Promise<{ intent: string; command: Command }>;

/** POST completion: `variables`, `action` (default `complete`). */
export const completeUserTask: UserTaskRoute = async (userTaskKey, request) => {
  const { variables, action = '' } = await readBody(request, completion);
  return { intent: 'COMPLETE', command: { type: 'complete_user_task', userTaskKey, variables: (variables ?? {}) as JsonObject, action } };
};

/** POST assignment: `assignee`, `allowOverride` (false: only when nobody else has it), `action` (default `assign`). */
export const assignUserTask: UserTaskRoute = async (userTaskKey, request) => {
  const { assignee = '', allowOverride = true, action } = await readBody(request, assignment, true);
  if (assignee.trim() === '') throw new Problem(400, 'INVALID_ARGUMENT', 'No assignee provided');
  const given = action ?? 'assign';
  return allowOverride ? { intent: 'ASSIGN', command: { type: 'assign_user_task', userTaskKey, assignee, action: given } } : { intent: 'CLAIM', command: { type: 'claim_user_task', userTaskKey, assignee, action: given } };
};

/** DELETE assignee. */
export const unassignUserTask: UserTaskRoute = (userTaskKey) => Promise.resolve({ intent: 'ASSIGN', command: { type: 'assign_user_task', userTaskKey, assignee: '', action: 'unassign' } });

/** PATCH: `changeset` of candidates and dates, `action` (default `update`). */
export const updateUserTask: UserTaskRoute = async (userTaskKey, request) => {
  const { changeset, action = '' } = await readBody(request, update);
  const changes = Object.fromEntries(Object.entries(changeset ?? {}).filter(([, value]) => value !== undefined));
  return { intent: 'UPDATE', command: { type: 'update_user_task', userTaskKey, changes, action } };
};
