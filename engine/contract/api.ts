import type { JsonObject, JsonValue } from './json.ts';

/**
 * The REST interface between browser and server, base path `/api`. Keys are strings; instants are ISO 8601 with offset.
 * Every request but GET carries the header `x-csrf-token` (value from `GET /api/session`). Errors are `ApiError` with the
 * status of `errors.ts`; lists are `Page<T>` and take `page` (from 1) and `pageSize` (default 20, at most 200).
 */

export interface ApiError {
  /** Stable code of `errors.ts`; the designer translates it as `errors.<code>`. */
  code: string;
  /** One English sentence: what, which, why, remedy. For the fold-out detail and logs. */
  message: string;
  /** Values for the translated sentence. */
  params?: Record<string, string | number>;
  /** Form errors by field id (repeat rows `id[0]`), only with code `form_invalid`. */
  fields?: Record<string, FieldProblem[]>;
}

/** One broken rule of a form field: `forms.errors.<rule>` in i18n, with `params`. */
export interface FieldProblem {
  rule: 'required' | 'minLength' | 'maxLength' | 'min' | 'max' | 'pattern' | 'email' | 'phone' | 'decimalDigits' | 'increment' | 'number' | 'datetime' | 'limit' | 'option' | 'file' | 'rows' | 'custom';
  params?: Record<string, string | number>;
  /** Message the form's author wrote; wins over the translation. */
  message?: string;
}

export interface Page<T> {
  items: T[];
  total: number;
  /** There are more than `total`, which is as far as they are counted and can be paged through. */
  more?: true;
  page: number;
  pageSize: number;
}

// ---------------------------------------------------------------- session, people
/** What a person may open: staff `tasks`, process owners `design`, administrators `monitor` and `admin`. */
export type Role = 'staff' | 'owner' | 'admin';

export interface User {
  id: string;
  /** As shown; sample people start with `示例 · `. */
  name: string;
  roles: Role[];
  /** Candidate groups, e.g. `complaint_officer`. */
  groups: string[];
}

/** GET /api/session. POST /api/session `{username,password}` or `{sampleUserId}` (loopback only) → Session. DELETE signs out. */
export interface Session {
  user: User | null;
  csrfToken: string;
  /** People one click signs in as; only on loopback with the sample organization. */
  samplePeople: SamplePerson[];
  /** The institution's IANA zone, `Asia/Shanghai` by default. */
  zone: string;
}

export interface SamplePerson extends User {
  /** What this person is there for, e.g. 投诉处理专员. */
  title: string;
  titleEn: string | null;
}

/** GET /api/directory: names for assignee, reassign and staff selects. */
export interface Directory {
  users: { id: string; name: string; groups: string[] }[];
  groups: { id: string; name: string; nameEn: string }[];
  sites: { id: string; name: string; nameEn: string }[];
  /** Products of the service catalogue that are offered. */
  products: { id: string; name: string; nameEn: string }[];
}

// ---------------------------------------------------------------- tasks and cases (staff)
export type TaskView = 'mine' | 'group' | 'due_soon' | 'overdue' | 'done';
/** Traffic light: green with more than 25 % of the time left, amber below, red after. `none` without a deadline. */
export type DueState = 'ok' | 'soon' | 'overdue' | 'none';

export interface Due {
  at: string | null;
  state: DueState;
  /** Working days left (or late, when overdue); null when less than one working day or no deadline. */
  workingDays: number | null;
  /** Minutes left (or late). */
  minutes: number | null;
}

export interface TaskSummary {
  /** Key of the task's job. */
  key: string;
  name: string;
  nameEn: string | null;
  elementId: string;
  processInstanceKey: string;
  processDefinitionKey: string;
  bpmnProcessId: string;
  processName: string;
  /** English name of the diagram; null where it has none. So for every name with an `…En` beside it. */
  processNameEn: string | null;
  processVersion: number;
  /** Number of the case, e.g. `TS20261123-0001`; null until registered. */
  caseNo: string | null;
  /** One line saying what the case is about (the complaint's content, shortened). */
  subject: string | null;
  customerName: string | null;
  priority: 'urgent' | 'high' | 'normal' | 'low';
  assignee: { id: string; name: string } | null;
  candidateGroups: string[];
  due: Due;
  createdAt: string;
  completedAt: string | null;
  state: 'open' | 'completed' | 'canceled' | 'failed';
}

/** GET /api/tasks?view&search&processId&page&pageSize. The counts are of all views, for the same person. */
export interface TaskList extends Page<TaskSummary> {
  counts: Record<TaskView, number>;
}

/** GET /api/tasks/:key */
export interface TaskDetail extends TaskSummary {
  /** form-js JSON this task started with; null when the task has no form (a plain complete button). */
  form: JsonObject | null;
  formId: string | null;
  /** Variables visible at the task; personal data masked unless the caller is the assignee. */
  variables: JsonObject;
  draft: TaskDraft | null;
  permissions: { claim: boolean; unclaim: boolean; complete: boolean; assign: boolean };
}

/** PUT /api/tasks/:key/draft `{values, revision}` → TaskDraft; 409 `draft_conflict` when the revision is not the stored one. */
export interface TaskDraft {
  values: JsonObject;
  /** 0 before the first save. */
  revision: number;
  savedAt: string;
}

/** POST /api/tasks/:key/claim | /unclaim → TaskDetail. POST /api/tasks/:key/assign `{userId, reason}` → TaskDetail. */
/** POST /api/tasks/:key/complete `{values}` → CompletedTask. 422 `form_invalid` names the fields. */
export interface CompletedTask {
  /** The next task of the same list for this person, to be shown at once; null when nothing is left. */
  next: TaskSummary | null;
  /** False when the read model had not caught up within the bounded wait: the page says so. */
  upToDate: boolean;
}

/** GET /api/cases/:processInstanceKey: the side pane of a task. */
export interface CaseDetail {
  processInstanceKey: string;
  processDefinitionKey: string;
  bpmnProcessId: string;
  processName: string;
  processNameEn: string | null;
  processVersion: number;
  caseNo: string | null;
  state: InstanceState;
  startedAt: string;
  endedAt: string | null;
  startedBy: string | null;
  /** Labelled facts for reading, in display order. Labels are keys `case.fields.<name>`. */
  facts: CaseFact[];
  deadlines: StageDeadline[];
  timeline: TimelineEntry[];
  comments: CaseComment[];
  files: StoredFile[];
  /** Where the case stands and went on its diagram, as element and flow ids; the diagram is shown without marks when absent. */
  path?: CasePath;
}

export interface CasePath {
  active: string[];
  completed: string[];
  incidents: string[];
  takenFlows: string[];
}

export interface CaseFact {
  name: string;
  value: JsonValue;
  /** True when the value is personal data shown masked. */
  masked: boolean;
}

export interface TimelineEntry {
  at: string;
  kind: 'started' | 'task_created' | 'task_completed' | 'task_canceled' | 'notification' | 'decision' | 'incident' | 'incident_resolved' | 'timer' | 'message' | 'comment' | 'worker' | 'ended' | 'breach';
  /** Element name, template name, … as shown. */
  title: string;
  titleEn: string | null;
  actor: string | null;
  detail: string | null;
}

/** POST /api/cases/:processInstanceKey/comments `{text}` → CaseComment */
export interface CaseComment {
  id: string;
  at: string;
  author: string;
  text: string;
}

/** POST /api/files (multipart field `file`, query `processInstanceKey?`) → StoredFile. GET /api/files/:id downloads it. */
export interface StoredFile {
  id: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  uploadedAt: string;
  uploadedBy: string;
}

/** GET /api/startable: processes this person may start by form. */
export interface StartableProcess {
  bpmnProcessId: string;
  name: string;
  nameEn: string | null;
  version: number;
  processDefinitionKey: string;
  description: string | null;
  form: JsonObject | null;
}

/** POST /api/processes/:bpmnProcessId/start `{values}` → StartedCase */
export interface StartedCase {
  processInstanceKey: string;
  /** Known when registration has happened within the bounded wait. */
  caseNo: string | null;
  upToDate: boolean;
}

// ---------------------------------------------------------------- design (process owners)
export type ResourceKind = 'process' | 'form' | 'decision';

/** GET /api/design/procedures → ProcedureCard[] */
export interface ProcedureCard {
  bpmnProcessId: string;
  name: string;
  nameEn: string | null;
  /** Letter and number of the manual, e.g. `A`. */
  code: string | null;
  publishedVersion: number | null;
  hasDraft: boolean;
  runningInstances: number;
  openIncidents: number;
  problems: { errors: number; warnings: number };
  changedAt: string | null;
  changedBy: string | null;
}

/** GET /api/design/procedures/:bpmnProcessId. POST /api/design/procedures `{bpmnProcessId,name}` creates one with an empty diagram. */
export interface ProcedureDetail extends ProcedureCard {
  /** The diagram first, then its forms, then its decisions. */
  resources: ProcedureResource[];
  history: PublishedChange[];
}

export interface ProcedureResource {
  kind: ResourceKind;
  /** Process id, form id, or id of the decision requirements graph. */
  id: string;
  name: string;
  hasDraft: boolean;
  changedAt: string | null;
  changedBy: string | null;
}

/** One publication: what was deployed, by whom, why. */
export interface PublishedChange {
  version: number;
  at: string;
  by: string;
  comment: string;
  resources: { kind: ResourceKind; id: string }[];
}

/**
 * GET /api/design/resources/:kind/:id → DesignResource.
 * PUT `{content, revision}` saves the draft → DesignResource; 409 `draft_conflict` when somebody else saved in between.
 * DELETE discards the draft → DesignResource. POST /api/design/procedures/:bpmnProcessId/resources `{kind,id,name}` adds an empty one.
 */
export interface DesignResource {
  kind: ResourceKind;
  id: string;
  name: string;
  /** Draft if there is one, else what is published: BPMN XML, DMN XML or form-js JSON as text. */
  content: string;
  /** What runs now; null when never published. */
  published: string | null;
  hasDraft: boolean;
  /** Rises with every save; send it back with the next. */
  revision: number;
  changedAt: string | null;
  changedBy: string | null;
}

/** GET /api/design/procedures/:bpmnProcessId/check: problems of the drafts, found by the server (deployability, forms, references). */
export interface DesignProblem {
  severity: 'error' | 'warning';
  kind: ResourceKind;
  resourceId: string;
  elementId: string | null;
  /** `problems.<rule>` in i18n. */
  rule: string;
  message: string;
  params?: Record<string, string | number>;
}

/** GET /api/design/procedures/:bpmnProcessId/versions/:version → `{xml}`, for the visual diff against older versions. */
/** POST /api/design/procedures/:bpmnProcessId/publish `{comment}` → PublishedChange; 422 `not_deployable` with the broker's reasons. */
/** GET /api/design/element-templates → element template JSON[] (Zeebe element template schema). */

// ---------------------------------------------------------------- monitor (administrators)
export type InstanceState = 'active' | 'completed' | 'terminated';

/** GET /api/monitor/summary */
export interface MonitorSummary {
  running: number;
  incidents: number;
  overdueTasks: number;
  finishedToday: number;
  /** Milliseconds the read model is behind the broker. */
  lagMs: number;
  /** Name, id and running count of every deployed process, for the filter. */
  processes: { bpmnProcessId: string; name: string; nameEn: string | null; latestVersion: number; versions: number[]; running: number; incidents: number }[];
}

/** GET /api/instances?bpmnProcessId&version&state&incident=true&search&elementId&from&to&sort&page&pageSize → Page<InstanceSummary> */
export interface InstanceSummary {
  key: string;
  processDefinitionKey: string;
  bpmnProcessId: string;
  processName: string;
  processNameEn: string | null;
  version: number;
  caseNo: string | null;
  /** What its creator calls it; beyond Zeebe 8.5. */
  businessKey: string | null;
  customerName: string | null;
  state: InstanceState;
  incidents: number;
  /** Names of the elements where it stands. */
  activeElements: { elementId: string; name: string; nameEn: string | null }[];
  due: Due;
  startedAt: string;
  endedAt: string | null;
  parentInstanceKey: string | null;
}

/** GET /api/instances/:key */
export interface InstanceDetail extends InstanceSummary {
  elements: ElementInstance[];
  /** Ids of sequence flows taken. */
  takenFlows: string[];
  incidentList: Incident[];
  childInstances: { key: string; bpmnProcessId: string; processName: string; processNameEn: string | null; elementId: string; state: InstanceState }[];
}

export interface ElementInstance {
  key: string;
  elementId: string;
  name: string;
  nameEn: string | null;
  /** Zeebe's BpmnElementType, e.g. `USER_TASK`. */
  type: string;
  state: 'active' | 'completed' | 'terminated';
  flowScopeKey: string;
  startedAt: string;
  endedAt: string | null;
  incident: boolean;
}

/** POST /api/incidents/:key/resolve `{reason, retries?}` → Incident (retries of its job are raised to `retries`, default 3, when it has none). */
export interface Incident {
  key: string;
  /** Zeebe's error type, e.g. `JOB_NO_RETRIES`. */
  errorType: string;
  message: string;
  elementId: string;
  elementName: string;
  elementNameEn: string | null;
  elementInstanceKey: string;
  jobKey: string | null;
  jobType: string | null;
  state: 'open' | 'resolved';
  createdAt: string;
  resolvedAt: string | null;
  /** Other open incidents with the same cause. */
  sameCause: number;
}

/** GET /api/instances/:key/variables → VariableValue[]. PUT /api/instances/:key/variables `{scopeKey, name, value, reason}` → VariableValue. */
export interface VariableValue {
  name: string;
  /** JSON text. */
  value: string;
  scopeKey: string;
  scopeName: string;
  scopeNameEn: string | null;
  masked: boolean;
  changedAt: string;
}

/** GET /api/instances/:key/jobs → JobView[] */
export interface JobView {
  key: string;
  type: string;
  elementId: string;
  elementName: string;
  elementNameEn: string | null;
  state: 'created' | 'activated' | 'completed' | 'failed' | 'canceled' | 'error_thrown' | 'timed_out';
  retries: number;
  worker: string | null;
  errorMessage: string | null;
  createdAt: string;
  endedAt: string | null;
}

/** GET /api/instances/:key/timers → TimerView[] */
export interface TimerView {
  key: string;
  elementId: string;
  elementName: string;
  elementNameEn: string | null;
  dueAt: string;
  state: 'waiting' | 'triggered' | 'canceled';
}

/** GET /api/instances/:key/messages → MessageSubscriptionView[] */
export interface MessageSubscriptionView {
  key: string;
  messageName: string;
  correlationKey: string;
  elementId: string;
  elementName: string;
  elementNameEn: string | null;
  state: 'waiting' | 'correlated' | 'deleted';
  at: string;
}

/** GET /api/instances/:key/records?page&pageSize → Page<RecordView>: the engine's own facts, oldest first. */
export interface RecordView {
  position: string;
  valueType: string;
  intent: string;
  key: string;
  at: string;
  value: JsonObject;
}

/** GET /api/instances/:key/audit?page&pageSize and GET /api/audit → Page<AuditEntry> */
export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  action: string;
  object: string;
  reason: string | null;
  detail: JsonValue;
}

/** POST /api/instances/:key/cancel `{reason}` → InstanceDetail */
/** GET /api/definitions/:processDefinitionKey/xml → text/xml. */
/** GET /api/definitions/:bpmnProcessId/statistics?version → ElementStatistics[] */
export interface ElementStatistics {
  elementId: string;
  active: number;
  incidents: number;
  completed: number;
}

// ---------------------------------------------------------------- inbox, live updates, health
/** GET /api/inbox → Page<InboxMessage> & {unread}. POST /api/inbox/:id/read, POST /api/inbox/read-all. */
export interface InboxMessage {
  id: string;
  at: string;
  title: string;
  text: string;
  titleEn: string | null;
  textEn: string | null;
  /** Where a click leads, e.g. `/tasks/2251799813685312`. */
  link: string | null;
  read: boolean;
}
export interface Inbox extends Page<InboxMessage> {
  unread: number;
}

/** GET /api/events: server-sent events; `event: change`, data one of these. Sent only for what the person may see. */
export type ChangeEvent =
  | { topic: 'tasks' }
  | { topic: 'inbox' }
  | { topic: 'instance'; key: string }
  | { topic: 'monitor' }
  | { topic: 'design'; bpmnProcessId: string };

/** GET /api/search?q → SearchHit[], for Ctrl K: cases, tasks, procedures this person may open. */
export interface SearchHit {
  kind: 'case' | 'task' | 'procedure' | 'instance';
  title: string;
  titleEn: string | null;
  detail: string | null;
  link: string;
}

/** GET /api/health: 200 only when all parts are `ok`, else 503. */
export interface Health {
  ok: boolean;
  parts: { broker: boolean; procedures: boolean; readModel: boolean };
  detail: Record<string, string>;
}

// ---------------------------------------------------------------- ledgers
/** How a column's values are to be read: `personal` data come masked unless the reader oversees the ledger; ids come as ids. */
export type LedgerColumnType = 'text' | 'code' | 'codes' | 'personal' | 'person' | 'group' | 'site' | 'product' | 'instant' | 'date' | 'money' | 'number' | 'flag';

/** A value and its words. */
export interface LedgerOption {
  value: string;
  name: string;
  nameEn: string;
}

export interface LedgerColumnInfo {
  id: string;
  name: string;
  nameEn: string;
  type: LedgerColumnType;
  /** Words of the values of a code. */
  options: LedgerOption[] | null;
  /** Rows can be narrowed to values of it: `?<id>=a,b`. */
  filter: boolean;
  /** Shown before anybody chooses columns. */
  shown: boolean;
}

/** GET /api/ledgers → LedgerInfo[]: those the person may open. */
export interface LedgerInfo {
  id: string;
  name: string;
  nameEn: string;
  /** Column that names a row, and the one rows are dated by (`from`, `to`). */
  key: string;
  at: string;
  /** Rows can be narrowed by `state`: open, closed, overdue; empty when the ledger has no such states. */
  states: LedgerState[];
  columns: LedgerColumnInfo[];
  /** Figures of dashboards measured on it, for `figure`. */
  figures: { id: string; name: string; nameEn: string }[];
  /** Personal data are masked, and only cases the person works on are shown. */
  masked: boolean;
  own: boolean;
  /** Shown under a watermark, as every ledger is while a column of personal data is shown. */
  confidential: boolean;
}

export type LedgerState = 'open' | 'closed' | 'overdue';

export type LedgerValue = string | number | boolean | string[] | null;

/** One row; `link` opens its case where this person may. */
export interface LedgerRow {
  key: string;
  processInstanceKey: string;
  link: string | null;
  overdue: boolean;
  values: Record<string, LedgerValue>;
}

/**
 * GET /api/ledgers/:id?search&sort&state&from&to&page&pageSize&<column>=a,b&figure&met&period → Page of rows. `sort` is a column,
 * with `-` from the largest; `from`, `to` dates in the institution's zone; `figure` (with `period` `2026-09..2026-11` and `met`)
 * leaves the cases behind a figure of a dashboard. GET /api/ledgers/:id/export?format=xlsx|csv&lang=zh|en&columns → the file.
 */
export interface LedgerPage extends Page<LedgerRow> {
  /** Most rows one export holds. */
  exportLimit: number;
}

/** Until when a stage of a case is to be done. */
export interface StageDeadline {
  stage: string;
  stageName: string;
  stageNameEn: string;
  startedAt: string;
  /** When the stage was over, or its case; null while it runs. */
  endedAt: string | null;
  due: Due;
}

/** GET /api/ledgers/:id/rows/:key: a row with the deadlines of its case and rows of other ledgers about it. */
export interface LedgerSheet {
  row: LedgerRow;
  deadlines: StageDeadline[];
  related: { ledger: string; key: string }[];
}

// ---------------------------------------------------------------- dashboards
export type FigureUnit = 'percent' | 'hours' | 'minutes' | 'score' | 'count' | 'money' | 'days';

/** A target of the decision `kpi_targets`: `min` is met from `target` up, `max` up to it. */
export interface KpiTarget {
  metric: string;
  target: number;
  direction: 'min' | 'max';
  unit: string;
  source: string;
  name: string;
  nameEn: string;
}

/** A figure over a period; null where there was nothing to measure. */
export interface FigureView {
  id: string;
  name: string;
  nameEn: string;
  unit: FigureUnit;
  ledger: string;
  value: number | null;
  /** Cases it was measured on. */
  cases: number;
  /** Of them those that miss the target; null without a target for each case. */
  missed: number | null;
  previous: number | null;
  target: { value: number; direction: 'min' | 'max'; source: string } | null;
  /** Is the target met? Null without target or value. */
  good: boolean | null;
  /** By month, the last twelve up to the period's end. */
  trend: { month: string; value: number | null }[];
}

/** Counts of a ledger's rows by a column's values, the most frequent first. */
export interface BreakdownView {
  id: string;
  name: string;
  nameEn: string;
  ledger: string;
  /** Column it is by, and its values' words; `age` counts open rows by working days. */
  column: string;
  type: LedgerColumnType;
  options: LedgerOption[] | null;
  /** Only rows in this state are counted. */
  state: LedgerState | null;
  /** `from`, `to`: the dates the counted rows lie between, where the value is not a column's. */
  rows: { value: string | null; count: number; from?: string; to?: string }[];
}

/** Rows that came in and were closed by month. */
export interface FlowView {
  ledger: string;
  months: { month: string; opened: number; closed: number }[];
}

/** Likelihood by impact of open risks. */
export interface HeatCell {
  likelihood: number;
  impact: number;
  count: number;
}

/** GET /api/dashboards → those the person may open. */
export interface DashboardInfo {
  id: string;
  name: string;
  nameEn: string;
}

/** GET /api/dashboards/:id?from=2026-09&to=2026-11&unit=branch_east */
export interface DashboardView extends DashboardInfo {
  from: string;
  to: string;
  at: string;
  /** Departments or sites to choose from, and the column of the ledgers that holds them; null where there are none. */
  units: { column: string | null; options: LedgerOption[] };
  figures: FigureView[];
  breakdowns: BreakdownView[];
  flow: FlowView | null;
  heat: HeatCell[] | null;
}

/** GET /api/dashboards/targets. PUT (owners, administrators) `{revision, reason, targets: {metric, target}[]}` publishes the decision anew. */
export interface KpiTargets {
  /** Changes with every publication. */
  revision: string;
  mayChange: boolean;
  targets: KpiTarget[];
}

// ---------------------------------------------------------------- working calendar
export interface CalendarDayView {
  /** `2026-10-01` */
  date: string;
  type: 'holiday' | 'workday';
  name: string;
  remark: string | null;
}

/** GET /api/calendar/:year. `publishedAt` is null for a year without a calendar, which then follows Monday to Friday. */
export interface CalendarYear {
  year: number;
  publishedAt: string | null;
  today: string;
  years: number[];
  days: CalendarDayView[];
  /** Working days of each month, January first. */
  workingDays: number[];
  mayChange: boolean;
}

/** What is wrong with a line of a calendar file. */
export interface CalendarProblem {
  line: number;
  rule: 'date' | 'year' | 'type' | 'weekday' | 'twice' | 'name' | 'empty' | 'json';
  text: string;
}

/**
 * POST /api/calendar/:year/check `{csv}`. POST /api/calendar/:year `{csv, reason}` publishes, all or nothing (`calendar_invalid`).
 * PUT /api/calendar/:year/days/:date `{type: holiday|workday|null, name, remark, reason}` changes one day.
 */
export interface CalendarCheck {
  problems: CalendarProblem[];
  days: number;
  added: CalendarDayView[];
  removed: CalendarDayView[];
  changed: CalendarDayView[];
}

/** A deadline the calendar would set to another date now. */
export interface DeadlineMove {
  processInstanceKey: string;
  caseNo: string | null;
  processId: string;
  processName: string;
  processNameEn: string | null;
  stage: string;
  stageName: string;
  stageNameEn: string;
  oldDue: string;
  newDue: string;
  /** It would already have passed. */
  late: boolean;
}

/** GET /api/calendar/recompute: what would move. `digest` names exactly this and is given back with the confirmation. */
export interface RecomputePreview {
  digest: string;
  /** Deadlines in working days of open cases, those that stay as they are, and those set by hand, which are left alone. */
  checked: number;
  byHand: number;
  moves: DeadlineMove[];
  total: number;
  cases: number;
  run: RecomputeRun | null;
}

/** POST /api/calendar/recompute `{digest, reason}` → RecomputeRun, done in the background. GET /api/calendar/recompute/run → the last one. */
export interface RecomputeRun {
  id: string;
  state: 'running' | 'done' | 'interrupted';
  total: number;
  moved: number;
  skipped: number;
  failed: number;
  startedAt: string;
  finishedAt: string | null;
  by: string;
  reason: string;
}

// ---------------------------------------------------------------- one-time links of customers
/** A text in both languages. */
export interface BilingualText {
  zh: string;
  en: string;
}

/**
 * GET /api/public/links/:token → PublicLink: what a customer may do with a link out of a message. No session and no CSRF token.
 * Fails with `not_found`, `link_expired`, `link_used`, `link_closed` (the case no longer waits for it), `too_many`.
 */
export interface PublicLink {
  kind: 'survey' | 'withdrawal' | 'supplement' | 'confirmation';
  /** Number of the case, as the message named it; null when it has none. */
  reference: string | null;
  expiresAt: string;
  /** The institution's IANA zone. */
  zone: string;
  title: BilingualText;
  intro: BilingualText;
  /** Words of the button. */
  submit: BilingualText;
  /** Shown once the answer is in. */
  thanks: { title: BilingualText; text: BilingualText };
  /** form-js JSON. */
  form: JsonObject;
  /** Context of the form's conditions; nothing of the customer's. */
  variables: JsonObject;
}

/** POST /api/public/links/:token `{values}` → PublicReceipt. Fails as the GET does, and with `form_invalid`. Twice is once. */
export interface PublicReceipt {
  receivedAt: string;
}

/** GET /api/public/forms/:kind: what customers may bring in without signing in. Fails with `not_found`, `too_many`. */
export interface PublicForm {
  kind: 'complaint' | 'feedback';
  /** The institution's IANA zone. */
  zone: string;
  title: BilingualText;
  intro: BilingualText;
  submit: BilingualText;
  /** form-js JSON. */
  form: JsonObject;
  variables: JsonObject;
}

/** POST /api/public/forms/:kind `{values}` → PublicTicket: opens this submission for half an hour. Fails with `form_invalid`, `too_many`. */
export interface PublicTicket {
  ticket: string;
  receivedAt: string;
}

/** POST /api/public/submissions `{ticket}`. Fails with `not_found` when the ticket has run out. */
export interface PublicSubmission {
  kind: PublicForm['kind'];
  /** Null until the case is registered, a moment later. */
  recordNo: string | null;
  receivedAt: string;
}

/**
 * POST /api/public/progress `{recordNo, code}` or `{ticket}`: how far a case is. The code is asked for by
 * POST /api/public/progress/code `{recordNo}`, which always answers 202; it goes to the contact on file, is valid for ten minutes
 * and works once. Fails with `code_wrong`, `not_found`, `too_many`.
 */
export interface PublicProgress {
  recordNo: string;
  /** `TS`, `FK`, `YY`, `SQ`, `YQ` or `ZX`. */
  series: string;
  zone: string;
  registeredAt: string;
  /** Promised end; null when nothing is promised or it is closed. */
  dueAt: string | null;
  closedAt: string | null;
  outcome: string | null;
  /** Oldest first. */
  steps: PublicProgressStep[];
}

export interface PublicProgressStep {
  at: string;
  /** Progress in a word; null when it is a message. */
  status: string | null;
  /** Subject of a message the customer got. */
  title: BilingualText | null;
  eta: string | null;
}
