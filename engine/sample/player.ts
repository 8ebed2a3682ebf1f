import type { Broker } from '../broker/index.ts';
import type { VirtualClock } from '../contract/clock.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Database } from '../database/connect.ts';
import { appendAudit } from '../identity/audit.ts';
import type { DirectoryUser } from '../identity/directory.ts';
import type { SlaWatch } from '../workers/sla-watch.ts';
import { Agenda } from './agenda.ts';
import type { AnswerContext, Knowledge } from './answers/context.ts';
import { answers } from './answers/index.ts';
import { beginnings, startedBy } from './beginnings.ts';
import type { PlannedCase } from './calendar-of-cases.ts';
import type { Crowd } from './crowd.ts';
import type { Desk, HandIn } from './desk.ts';
import { Dice } from './dice.ts';
import type { EngineMirror, OpenTask, Stuck } from './engine-mirror.ts';
import { publish, valueOf, type JobRunner } from './job-runner.ts';
import { paceOf } from './pace.ts';

const MINUTE_MS = 60_000;
/** People act in steps of so long: what falls into one step is written in one go. */
const STEP_MS = 4 * MINUTE_MS;
/** Incidents younger than this stay open for whoever looks at the monitor. */
const LEFT_OPEN_MS = 96 * 3_600_000;

type Entry = { kind: 'begin'; planned: PlannedCase } | { kind: 'take' | 'finish'; task: OpenTask } | { kind: 'act'; act: () => Promise<void> };

export interface PlayerOptions {
  db: Database;
  broker: Broker;
  clock: VirtualClock;
  mirror: EngineMirror;
  runner: JobRunner;
  watch: SlaWatch;
  desk: Desk;
  crowd: Crowd;
  knowledge: Knowledge;
  until: number;
  /** Elements whose deliveries work again after somebody has seen to them. */
  mend: (elementInstanceKey: string) => void;
  nextDue: () => Promise<number | null>;
  onProblem: (message: string) => void;
}

/** Plays the people: begins cases, takes and finishes tasks, moves the clock from one thing to the next. */
export class Player {
  begun = 0;
  finished = 0;
  private readonly options: PlayerOptions;
  private readonly agenda = new Agenda<Entry>();
  private readonly takenBy = new Map<string, DirectoryUser>();
  private seenPosition = '';
  private due = Infinity;
  private watched = Infinity;

  constructor(options: PlayerOptions, cases: readonly PlannedCase[]) {
    this.options = options;
    for (const planned of cases) this.enter(planned.at, { kind: 'begin', planned });
  }

  /** Plays up to the end; `onStep` hears after each step how far it is and may throw to end it. */
  async play(onStep: (now: number) => void): Promise<void> {
    const { clock, until, watch } = this.options;
    await this.settle();
    for (;;) {
      const next = Math.min(this.agenda.next, this.due, this.watched);
      if (next > until) break;
      clock.set(Math.max(next, clock.now()));
      if (this.watched <= clock.now()) await watch.tick();
      await this.actUpTo(clock.now());
      await this.settle();
      onStep(clock.now());
    }
    clock.set(Math.max(until, clock.now()));
    await this.settle();
  }

  private enter(at: number, entry: Entry): void {
    const now = this.options.clock.now();
    const step = Math.floor(at / STEP_MS);
    const within = new Dice(this.options.knowledge.seed, 'step', step).between(0, STEP_MS - 1000);
    const moment = step * STEP_MS + within;
    this.agenda.add(moment > now ? moment : now + 1000 + (within % 45_000), entry);
  }

  private async actUpTo(now: number): Promise<void> {
    const entries = this.agenda.take(now);
    if (entries.length === 0) return;
    const taken: { task: OpenTask; user: DirectoryUser }[] = [];
    const handedIn: HandIn[] = [];
    const busy = new Set<string>();
    for (const entry of entries) {
      if (entry.kind === 'begin') await this.trying(`case ${entry.planned.number} (${entry.planned.kind})`, () => this.begin(entry.planned));
      else if (entry.kind === 'act') await this.trying('a customer', entry.act);
      else if (!this.options.mirror.open.has(entry.task.key)) this.takenBy.delete(entry.task.key);
      else if (entry.kind === 'take') {
        const user = await this.doer(entry.task);
        if (user === null || entry.task.assignee !== null) continue;
        this.takenBy.set(entry.task.key, user);
        taken.push({ task: entry.task, user });
      } else {
        // One after the other in a case: what one does may take away what the other was about to do.
        const root = this.options.mirror.rootOf(entry.task.processInstanceKey);
        if (busy.has(root)) this.agenda.add(now + 45_000, entry);
        else {
          busy.add(root);
          await this.trying(`${entry.task.bpmnProcessId}/${entry.task.elementId}`, () => this.finish(entry.task, taken, handedIn));
        }
      }
    }
    if (taken.length > 0) await this.options.desk.claim(taken);
    if (handedIn.length > 0) await this.options.desk.complete(handedIn);
    this.finished += handedIn.length;
  }

  private doer(task: OpenTask): Promise<DirectoryUser | null> {
    return this.options.desk.whoDoes(task, new Dice(this.options.knowledge.seed, 'who', task.key));
  }

  private async finish(task: OpenTask, taken: { task: OpenTask; user: DirectoryUser }[], handedIn: HandIn[]): Promise<void> {
    const { desk, mirror, knowledge, clock } = this.options;
    const able = await this.doer(task);
    if (able === null) return;
    const had = this.takenBy.get(task.key);
    const user = had !== undefined && (await desk.stillHas(task, had)) ? had : able;
    if (user !== had && task.assignee !== user.id) taken.push({ task, user });
    const dice = new Dice(knowledge.seed, 'finish', task.key);
    const vars = mirror.variablesAt(task.elementInstanceKey);
    const attach = (name: string): Promise<JsonObject[]> => desk.attach(dice, name, user, task.processInstanceKey);
    const context: AnswerContext = { ...knowledge, dice, now: clock.now(), user, task, vars, attach };
    const formId = desk.formIdOf(task.formKey);
    const values = formId === null ? {} : ((await answers[formId]?.(context)) ?? {});
    const data = task.formKey === null ? {} : await desk.fill(task.formKey, values, { variables: vars, place: `${task.bpmnProcessId}/${task.elementId}`, dice, attach: () => attach('附件（示例）.pdf') });
    if (task.elementId === 'ut_accept') await desk.linkFiles(task.processInstanceKey, vars);
    handedIn.push({ task, user, data });
    this.takenBy.delete(task.key);
  }

  private async begin({ number, kind, outOfHours }: PlannedCase): Promise<void> {
    const { desk, knowledge, clock, broker } = this.options;
    const dice = new Dice(knowledge.seed, 'begin', number);
    const customers = [...knowledge.customers.values()];
    const starters = desk.users.filter((user) => user.groups.includes(startedBy[kind]));
    const user = dice.pick(starters);
    const attach = (name: string): Promise<JsonObject[]> => desk.attach(dice, name, user, null);
    const beginning = await beginnings[kind]({ ...knowledge, dice, now: clock.now(), attach, customer: dice.pick(customers), userId: user.id });
    const data = beginning.formId === null ? (JSON.parse(JSON.stringify(beginning.values)) as JsonObject) : await desk.fill(beginning.formId, beginning.values, { variables: {}, place: `${beginning.processId} (start)`, dice, attach: () => attach('附件（示例）.pdf') });
    const message = beginning.message ?? (outOfHours ? messageOf[beginning.processId] : undefined);
    if (message !== undefined) await publish(broker, { name: message, correlationKey: '', messageId: `sample:${number}`, variables: data });
    else await desk.start(beginning.processId, user, data);
    this.begun += 1;
  }

  /** Lets engine and workers finish, then looks at what has come of it. */
  private async settle(): Promise<void> {
    const { runner, broker, mirror, crowd, knowledge, until, nextDue, db, clock } = this.options;
    await runner.settle();
    if (broker.lastPosition(1) === this.seenPosition) {
      if (this.due <= clock.now()) this.due = (await nextDue()) ?? Infinity;
      return;
    }
    this.seenPosition = broker.lastPosition(1);
    const { tasks, awaited, stuck } = await mirror.look();
    for (const task of tasks) {
      const pace = paceOf(task, new Dice(knowledge.seed, 'pace', task.key), knowledge.hours, until);
      if (pace.takenAt <= until) this.enter(pace.takenAt, { kind: 'take', task });
      if (pace.doneAt !== null && pace.doneAt <= until) this.enter(pace.doneAt, { kind: 'finish', task });
    }
    for (const one of awaited) for (const { at, act } of crowd.wonder(one)) this.enter(at, { kind: 'act', act });
    for (const { at, act } of await crowd.readLetters()) this.enter(at, { kind: 'act', act });
    for (const one of stuck) this.noteStuck(one);
    this.due = (await nextDue()) ?? Infinity;
    const [row] = (await db('app.sla_watch').whereNull('published_at').min({ next: 'due_at' })) as { next: Date | null }[];
    this.watched = row?.next?.getTime() ?? Infinity;
  }

  /** An administrator sees to what is stuck, after a while; the newest are left. */
  private noteStuck(stuck: Stuck): void {
    const { clock, until, knowledge, onProblem } = this.options;
    if (!stuck.message.includes('示例')) onProblem(`incident at ${stuck.elementId}: ${stuck.message}`);
    else if (until - clock.now() > LEFT_OPEN_MS) {
      const dice = new Dice(knowledge.seed, 'stuck', stuck.key);
      this.enter(knowledge.hours.after(clock.now(), dice.between(20, 300)), { kind: 'act', act: () => this.resolve(stuck) });
    }
  }

  private async resolve({ key, jobKey, elementId, elementInstanceKey, processInstanceKey }: Stuck): Promise<void> {
    const { broker, db, clock, mend, mirror, desk } = this.options;
    mend(elementInstanceKey);
    valueOf(await broker.submit({ type: 'update_job_retries', jobKey, retries: 3 }));
    valueOf(await broker.submit({ type: 'resolve_incident', incidentKey: key }));
    const administrator = desk.users.find((user) => user.roles.includes('admin'));
    const caseNo = mirror.variablesAt(elementInstanceKey)['caseNo'];
    await appendAudit(db, { at: clock.now(), actor: administrator?.id ?? 'system', role: administrator?.roles.join(',') ?? null, ip: '127.0.0.1', action: 'incident.resolve', object: typeof caseNo === 'string' ? `case:${caseNo}` : `instance:${processInstanceKey}`, reason: '短信网关已恢复，重新发送', before: null, after: { incident: key, element: elementId, errorType: 'JOB_NO_RETRIES' } });
  }

  private async trying(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.onProblem(`${what}: ${(error as Error).message}`);
    }
  }
}

/** How customers begin what staff begin by form. */
const messageOf: Readonly<Record<string, string>> = { complaint_handling: 'complaint_received', service_appointment: 'appointment_requested', service_application: 'application_submitted', customer_feedback: 'feedback_received' };
