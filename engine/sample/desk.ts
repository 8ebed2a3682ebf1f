import { personalDataReader, type PersonalData } from '../api/masking.ts';
import type { FileStore } from '../api/cases/file-store.ts';
import { rememberParticipant } from '../api/tasks/task-access.ts';
import type { Broker } from '../broker/index.ts';
import type { Clock } from '../contract/clock.ts';
import { fieldInstances, readForm, validateForm, type FormOption, type FormSchema } from '../contract/forms/index.ts';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { Database } from '../database/connect.ts';
import { appendAudit } from '../identity/audit.ts';
import { listUsers, readDirectory, type DirectoryUser } from '../identity/directory.ts';
import { taskPermissions, type TaskFacts } from '../identity/permissions.ts';
import { offeredProducts } from '../workers/ledgers/catalogue.ts';
import { completed } from './answers/plain.ts';
import type { Values } from './answers/context.ts';
import type { Dice } from './dice.ts';
import type { EngineMirror, OpenTask } from './engine-mirror.ts';
import { valueOf } from './job-runner.ts';
import { SAMPLE_PAGE } from './sample-page.ts';

/** A form as deployed. */
interface Form {
  id: string;
  schema: FormSchema;
}

interface Override {
  assignee: string | null;
  candidate_group: string | null;
}

export interface DeskOptions {
  db: Database;
  broker: Broker;
  mirror: EngineMirror;
  clock: Clock;
  zone: string;
  files: FileStore;
}

/** What a person hands in: what the form has let through (`fill`). */
export interface HandIn {
  task: OpenTask;
  user: DirectoryUser;
  data: JsonObject;
}

/**
 * Does for the people of the play what the API does for those who sit before the pages: the same form rules, the same rows, the same audit
 * entries, the same command to the engine; many at a time.
 */
export class Desk {
  users: DirectoryUser[] = [];
  private readonly options: DeskOptions;
  private readonly forms = new Map<string, Form>();
  private sources: Record<string, FormOption[]> = {};
  private personal!: PersonalData;

  constructor(options: DeskOptions) {
    this.options = options;
  }

  /** Reads what has been deployed and who works here. The read model must have caught up. */
  async open(): Promise<void> {
    const { db } = this.options;
    this.users = await listUsers(db);
    for (const row of (await db('read_model.form_definition').select('key', 'form_id', 'content')) as { key: string; form_id: string; content: string }[]) {
      const form = { id: row.form_id, schema: readForm(JSON.parse(row.content) as JsonObject) };
      this.forms.set(row.key, form);
      this.forms.set(row.form_id, form);
    }
    const { users, groups, sites } = await readDirectory(db);
    const option = ({ id, name }: { id: string; name: string }): FormOption => ({ label: name, value: id });
    this.sources = { users: users.map(option), groups: groups.map(option), sites: sites.map(option), products: (await offeredProducts(db)).map(option) };
    this.personal = await personalDataReader(db)();
  }

  formIdOf(key: string | null): string | null {
    return key === null ? null : (this.forms.get(key)?.id ?? null);
  }

  user(id: string): DirectoryUser | undefined {
    return this.users.find((one) => one.id === id);
  }

  /** Somebody who may do the task now; null when nobody can. */
  async whoDoes(task: OpenTask, dice: Dice): Promise<DirectoryUser | null> {
    const facts = await this.factsOf(task);
    if (facts.assignee !== null) {
      const assignee = this.user(facts.assignee);
      return assignee !== undefined && taskPermissions(assignee, facts).complete ? assignee : null;
    }
    const able = this.users.filter((user) => taskPermissions(user, facts).claim);
    return able.length === 0 ? null : dice.pick(able);
  }

  /** False when a supervisor has given the task to somebody else since it was taken. */
  async stillHas(task: OpenTask, user: DirectoryUser): Promise<boolean> {
    const facts = await this.factsOf(task);
    return facts.assignee === null ? taskPermissions(user, facts).claim : facts.assignee === user.id;
  }

  /** The task with what supervisors have decided about it. */
  private async factsOf(task: OpenTask): Promise<TaskFacts> {
    const { mirror, db } = this.options;
    const excluded = mirror.variablesAt(task.elementInstanceKey)['excludeUsers'];
    const facts = { assignee: task.assignee, candidateGroups: task.candidateGroups, candidateUsers: task.candidateUsers, excludeUsers: Array.isArray(excluded) ? excluded.map(String) : [], open: true };
    const override: Override | undefined = await db('app.task_override').select('assignee', 'candidate_group').where({ process_instance_key: task.processInstanceKey }).whereIn('element_id', [task.elementId, '*']).where('at', '>=', new Date(task.createdAt)).where((some) => void some.whereNotNull('assignee').orWhereNotNull('candidate_group')).orderBy('id', 'desc').first();
    if (override === undefined) return facts;
    return override.candidate_group === null ? { ...facts, assignee: override.assignee } : { ...facts, assignee: null, candidateGroups: [override.candidate_group], candidateUsers: [] };
  }

  async claim(taken: readonly { task: OpenTask; user: DirectoryUser }[]): Promise<void> {
    const { db } = this.options;
    await db.transaction(async (trx) => {
      for (const { task, user } of taken) await this.noteClaim(trx, task, user);
    });
  }

  /** Hands the forms in. */
  async complete(handedIn: readonly HandIn[]): Promise<void> {
    const { db, broker, clock, mirror } = this.options;
    const at = clock.now();
    const ready = handedIn.map((one) => ({ ...one, variables: mirror.variablesAt(one.task.elementInstanceKey) }));
    await db.transaction(async (trx) => {
      for (const { task, user, variables, data } of ready) {
        const done = { assignee: user.id, completed_by: user.id, completed_at: new Date(at) };
        await trx('app.task_state').insert({ job_key: task.key, process_instance_key: task.processInstanceKey, changed_at: new Date(at), ...done }).onConflict('job_key').merge(done);
        await rememberParticipant(trx, task.processInstanceKey, user.id);
        const names = Object.keys(data).filter((name) => JSON.stringify(data[name]) !== JSON.stringify(variables[name]));
        const masked = (from: JsonObject): JsonObject => this.personal.maskAll(Object.fromEntries(names.map((name): [string, JsonValue] => [name, from[name] ?? null]))).variables;
        await appendAudit(trx, { at, ...asActor(user), action: 'task.complete', object: objectOf(variables, task), before: masked(variables), after: { task: task.key, element: task.elementId, values: masked(data) } });
      }
    });
    const answers = await Promise.all(ready.map(({ task, user, data }) => broker.submit({ type: 'complete_job', jobKey: task.key, variables: { ...data, completedBy: user.id } })));
    for (const [index, answer] of answers.entries()) if (!answer.ok) throw new Error(`${ready[index]!.task.elementId}: ${answer.reason}`);
  }

  /** Begins a case by its form, as somebody does on the start page. */
  async start(processId: string, user: DirectoryUser, data: JsonObject): Promise<void> {
    const { db, broker, clock } = this.options;
    const { processInstanceKey, version } = valueOf<{ processInstanceKey: string; version: number }>(await broker.submit({ type: 'create_process_instance', bpmnProcessId: processId, processDefinitionKey: '0', version: -1, variables: { ...data, initiator: user.id, firstContactUser: user.id } }));
    await db.transaction(async (trx) => {
      await rememberParticipant(trx, processInstanceKey, user.id);
      await appendAudit(trx, { at: clock.now(), ...asActor(user), action: 'case.start', object: `instance:${processInstanceKey}`, after: { process: processId, version } });
    });
    await this.linkFiles(processInstanceKey, data);
  }

  /** Fills in what a form asks for beside `values`, and checks it as the API does. Throws with the fields it refuses. */
  async fill(formKey: string, values: Values, at: { variables: JsonObject; place: string; dice: Dice; attach: () => Promise<JsonObject[]> }): Promise<JsonObject> {
    const form = this.forms.get(formKey);
    if (form === undefined) throw new Error(`the form ${formKey} of ${at.place} is not deployed`);
    const scope = { variables: at.variables, now: this.options.clock.now(), zone: this.options.zone, sources: this.sources };
    let given = await completed(form.schema, JSON.parse(JSON.stringify(values)) as JsonObject, scope, at.dice, at.attach);
    for (let round = 1; ; round += 1) {
      const { data, errors } = validateForm(form.schema, given, scope);
      if (Object.keys(errors).length === 0) return data;
      if (round === 3) throw new Error(`${at.place}: the form ${form.id} refuses ${JSON.stringify(errors)} of ${JSON.stringify(given)}`);
      // The form has changed since these words were written: what it refuses is chosen anew.
      const refused = new Set(fieldInstances(form.schema, given, scope).filter(({ id }) => id in errors).map(({ path: [first] }) => String(first)));
      given = await completed(form.schema, Object.fromEntries(Object.entries(given).filter(([name]) => !refused.has(name))), scope, at.dice, at.attach);
    }
  }

  /** Stores a scan, as an upload does; the value of a file field. */
  async attach(dice: Dice, name: string, user: DirectoryUser, processInstanceKey: string | null): Promise<JsonObject[]> {
    const { db, clock, files } = this.options;
    const id = dice.uuid();
    const sealed = await files.write(id, SAMPLE_PAGE);
    await db('app.stored_file').insert({ id, process_instance_key: processInstanceKey, name, media_type: 'application/pdf', size: SAMPLE_PAGE.length, ...sealed, uploaded_at: new Date(clock.now()), user_id: user.id, uploaded_by: user.name });
    return [{ id, name, size: SAMPLE_PAGE.length, mediaType: 'application/pdf' }];
  }

  /** Files of the start form become the case's. */
  async linkFiles(processInstanceKey: string, values: JsonObject): Promise<void> {
    const ids = [...JSON.stringify(values).matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, id]) => id!);
    if (ids.length > 0) await this.options.db('app.stored_file').whereIn('id', ids).whereNull('process_instance_key').update({ process_instance_key: processInstanceKey });
  }

  private async noteClaim(trx: Database, task: OpenTask, user: DirectoryUser): Promise<void> {
    const at = this.options.clock.now();
    await trx('app.task_state').insert({ job_key: task.key, process_instance_key: task.processInstanceKey, assignee: user.id, changed_at: new Date(at) }).onConflict('job_key').merge(['assignee', 'changed_at']);
    await rememberParticipant(trx, task.processInstanceKey, user.id);
    await appendAudit(trx, { at, ...asActor(user), action: 'task.claim', object: objectOf(this.options.mirror.variablesAt(task.elementInstanceKey), task), before: { assignee: null }, after: { task: task.key, element: task.elementId, assignee: user.id } });
  }
}

const asActor = (user: DirectoryUser): { actor: string; role: string; ip: string } => ({ actor: user.id, role: user.roles.join(','), ip: '127.0.0.1' });

const objectOf = (variables: JsonObject, task: OpenTask): string => (typeof variables['caseNo'] === 'string' ? `case:${variables['caseNo']}` : `instance:${task.processInstanceKey}`);

