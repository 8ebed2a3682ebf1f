export type UserTaskAction = 'assign' | 'unassign' | 'update' | 'complete';

/** Asks something of a user task, in the words of Zeebe's `/v1/user-tasks` routes. */
export type UserTaskCall = (action: UserTaskAction, userTaskKey: string, body: object) => Promise<{ status: number; detail: string }>;

const ROUTES: Record<UserTaskAction, [method: string, path: string]> = { assign: ['POST', '/assignment'], unassign: ['DELETE', '/assignee'], update: ['PATCH', ''], complete: ['POST', '/completion'] };

/** Over the REST routes at `url`. */
export const userTasksAt = (url: string): UserTaskCall => async (action, userTaskKey, body) => {
  const [method, path] = ROUTES[action];
  const response = await fetch(`${url}/v1/user-tasks/${userTaskKey}${path}`, { method, headers: { 'content-type': 'application/json' }, ...(action === 'unassign' ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, detail: response.ok || text === '' ? '' : String((JSON.parse(text) as { detail?: string }).detail) };
};
