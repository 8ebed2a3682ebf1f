import type { Database } from '../../database/connect.ts';

/** Names of the departments by their code, as people call them; a department's group is named as the one in charge. */
export async function departmentNames(db: Database): Promise<Map<string, string>> {
  const groups: { id: string; name: string }[] = await db('app.user_group').select('id', 'name').where('id', 'like', 'dept\\_%');
  return new Map(groups.map(({ id, name }) => [id.slice('dept_'.length), name.replace(/（责任部门）$/, '')]));
}
