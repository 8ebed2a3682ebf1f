import { Router } from 'express';
import type { Duties, DutyTask, PostDuties } from '../../contract/administration.ts';
import type { Database } from '../../database/connect.ts';
import { readDirectory } from '../../identity/directory.ts';
import { allNodes, extensionOf, propertiesOf, readXml } from '../../projection/index.ts';
import { onceRead } from '../design/read-resources.ts';
import type { ApiOptions } from '../api-options.ts';
import { currentUser } from '../request.ts';

interface DefinitionRow {
  bpmn_process_id: string;
  name: string;
  name_en: string | null;
  code: string | null;
  xml: string;
  start_groups: string[] | null;
}

/** /api/duties: which post does which tasks, read off the newest diagram of every procedure (S1 5.2). For everybody signed in. */
export function dutyRoutes({ db }: ApiOptions): Router {
  const router = Router();
  router.get('/', async (_request, response) => {
    currentUser(response);
    response.json((await readDuties(db)) satisfies Duties);
  });
  return router;
}

/** The duties of all posts that have any, in the order of the groups; and what depends on the case. */
export async function readDuties(db: Database): Promise<Duties> {
  const definitions: DefinitionRow[] = await db('read_model.process_definition')
    .distinctOn('bpmn_process_id')
    .select('bpmn_process_id', 'name', 'name_en', 'code', 'xml', 'start_groups')
    .where({ deleted: false })
    .orderBy([{ column: 'bpmn_process_id' }, { column: 'version', order: 'desc' }]);
  definitions.sort((a, b) => (a.code ?? 'Z').localeCompare(b.code ?? 'Z') || a.bpmn_process_id.localeCompare(b.bpmn_process_id));
  const assigned = definitions.flatMap((definition) => tasksOf(definition));
  const { groups, users } = await readDirectory(db);
  // A group a diagram names and the directory does not know is shown too: somebody has to be put in charge.
  const ids = [...new Set([...groups.map((group) => group.id), ...assigned.flatMap((one) => one.groups), ...definitions.flatMap((one) => one.start_groups ?? [])])];
  const posts = ids.map((groupId): PostDuties => {
    const group = groups.find((one) => one.id === groupId);
    return {
      groupId,
      name: group?.name ?? groupId,
      nameEn: group?.nameEn ?? groupId,
      members: users.filter((user) => user.groups.includes(groupId)).map(({ id, name }) => ({ id, name })),
      tasks: assigned.filter((one) => one.groups.includes(groupId)).map((one) => one.task),
      starts: definitions.filter((one) => one.start_groups?.includes(groupId) === true).map((one) => ({ processId: one.bpmn_process_id, name: one.name, nameEn: one.name_en, code: one.code })),
    };
  });
  return { posts: posts.filter((post) => post.tasks.length > 0 || post.starts.length > 0), byCase: assigned.filter((one) => one.task.rule !== null).map((one) => one.task) };
}

/** User tasks of a diagram with the fixed groups they are for; those decided by the case have a rule. */
function tasksOf(definition: DefinitionRow): { groups: string[]; task: DutyTask }[] {
  return onceRead(`duties:${definition.bpmn_process_id}`, definition.xml, (xml) => {
    const process = readXml(xml).children.find((node) => node.name === 'process' && node.attrs['id'] === definition.bpmn_process_id);
    return [...(process === undefined ? [] : allNodes(process))]
      .filter((node) => node.name === 'userTask')
      .map((node) => {
        const given = extensionOf(node, 'assignmentDefinition')?.attrs ?? {};
        const [candidates = '', users = '', assignee = ''] = [given['candidateGroups'], given['candidateUsers'], given['assignee']];
        const rules = [candidates, users, assignee].filter((one) => one.startsWith('=')).map((one) => one.slice(1).trim());
        const groups = candidates.startsWith('=') ? [] : candidates.split(',').map((one) => one.trim()).filter((one) => one !== '');
        return {
          groups,
          task: {
            processId: definition.bpmn_process_id, processName: definition.name, processNameEn: definition.name_en, code: definition.code,
            elementId: node.attrs['id'] ?? '', name: node.attrs['name'] ?? node.attrs['id'] ?? '', nameEn: propertiesOf(node)['nameEn'] ?? null,
            rule: groups.length > 0 ? null : (rules[0] ?? null),
          },
        };
      });
  });
}
