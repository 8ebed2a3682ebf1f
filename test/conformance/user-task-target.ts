import type { Broker } from '../../engine/broker/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { Command } from '../../engine/protocol/commands.ts';

export type UserTaskAction = 'assign' | 'unassign' | 'update' | 'complete';

/** Asks something of a user task, in the words of Zeebe's `/v1/user-tasks` routes. */
export type UserTaskCall = (action: UserTaskAction, userTaskKey: string, body: object) => Promise<{ status: number; detail: string }>;

const ROUTES: Record<UserTaskAction, [method: string, path: string]> = { assign: ['POST', '/assignment'], unassign: ['DELETE', '/assignee'], update: ['PATCH', ''], complete: ['POST', '/completion'] };

/** Over the REST routes of a Zeebe at `url`. */
export const userTasksByRest = (url: string): UserTaskCall => async (action, userTaskKey, body) => {
  const [method, path] = ROUTES[action];
  const response = await fetch(`${url}/v1/user-tasks/${userTaskKey}${path}`, { method, headers: { 'content-type': 'application/json' }, ...(action === 'unassign' ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, detail: response.ok || text === '' ? '' : String((JSON.parse(text) as { detail?: string }).detail) };
};

const STATUS: Record<string, number> = { NOT_FOUND: 404, INVALID_STATE: 409, INVALID_ARGUMENT: 400 };

/** By the commands that those routes stand for. */
export const userTasksByCommand = (broker: Broker): UserTaskCall => async (action, userTaskKey, body) => {
  // What the routes themselves refuse.
  if (action === 'assign' && ((body as Body).assignee ?? '') === '') return { status: 400, detail: 'No assignee provided' };
  const answer = await broker.submit(commandFor(action, userTaskKey, body as Body));
  return answer.ok ? { status: 204, detail: '' } : { status: STATUS[answer.rejection] ?? 500, detail: answer.reason };
};

interface Body {
  assignee?: string;
  allowOverride?: boolean;
  action?: string;
  variables?: JsonObject;
  changeset?: { candidateGroups?: string[] | null; candidateUsers?: string[] | null; dueDate?: string | null; followUpDate?: string | null };
}

function commandFor(name: UserTaskAction, userTaskKey: string, body: Body): Command {
  const action = body.action ?? '';
  if (name === 'complete') return { type: 'complete_user_task', userTaskKey, variables: body.variables ?? {}, action };
  if (name === 'update') return { type: 'update_user_task', userTaskKey, changes: Object.fromEntries(Object.entries(body.changeset ?? {}).filter(([, value]) => value !== null)), action };
  if (name === 'unassign') return { type: 'assign_user_task', userTaskKey, assignee: '', action: 'unassign' };
  const { assignee = '' } = body;
  const given = action === '' ? 'assign' : action;
  return body.allowOverride === false ? { type: 'claim_user_task', userTaskKey, assignee, action: given } : { type: 'assign_user_task', userTaskKey, assignee, action: given };
}
