import type { Role, User } from '../contract/api.ts';

/** Parts of the product and the role that opens each. */
export type Area = 'tasks' | 'design' | 'monitor' | 'admin';

const areas: Readonly<Record<Area, Role>> = { tasks: 'staff', design: 'owner', monitor: 'admin', admin: 'admin' };

/** May this person open the area? */
export function mayOpen(user: Pick<User, 'roles'>, area: Area): boolean {
  return user.roles.includes(areas[area]);
}

/** What decides over a task: who has it, who could take it, who must not. */
export interface TaskFacts {
  assignee: string | null;
  candidateGroups: readonly string[];
  candidateUsers: readonly string[];
  /** People recused from it 回避. */
  excludeUsers: readonly string[];
  open: boolean;
}

type Person = Pick<User, 'id' | 'roles' | 'groups'>;

/** Recused people see nothing of a task, whatever else they are. */
export function isRecused(user: Pick<User, 'id'>, facts: Pick<TaskFacts, 'excludeUsers'>): boolean {
  return facts.excludeUsers.includes(user.id);
}

/** Could this person take the task? Nobody but the assignee when it has no candidates. */
export function isCandidate(user: Person, task: TaskFacts): boolean {
  return user.roles.includes('staff') && (task.candidateUsers.includes(user.id) || task.candidateGroups.some((group) => user.groups.includes(group)));
}

/** Rows of the task list: the assignee's and the candidates', never a recused person's. An administrator is nobody special here. */
export function maySeeTask(user: Person, task: TaskFacts): boolean {
  return !isRecused(user, task) && user.roles.includes('staff') && (task.assignee === user.id || isCandidate(user, task));
}

/** What this person may do with the task. */
export function taskPermissions(user: Person, task: TaskFacts): { claim: boolean; unclaim: boolean; complete: boolean; assign: boolean } {
  const seen = task.open && maySeeTask(user, task);
  const mine = seen && task.assignee === user.id;
  const free = seen && task.assignee === null && isCandidate(user, task);
  const hasCandidates = task.candidateGroups.length + task.candidateUsers.length > 0;
  return { claim: free, unclaim: mine && hasCandidates, complete: mine, assign: mine || free };
}

/** May the task be given to this person? To candidates; to any staff when it has no candidates; never to a recused person. */
export function mayReceive(user: Person, task: TaskFacts): boolean {
  if (isRecused(user, task) || !user.roles.includes('staff')) return false;
  return task.candidateGroups.length + task.candidateUsers.length === 0 || isCandidate(user, task);
}

/** What decides over a case. */
export interface CaseFacts {
  initiator: string | null;
  /** People recused from the whole case. */
  excludeUsers: readonly string[];
  /** People who have worked on it. */
  participants: readonly string[];
  tasks: readonly TaskFacts[];
}

/** Cases are for those who started them, worked on them, or could take one of their open tasks. */
export function mayWorkOnCase(user: Person, facts: CaseFacts): boolean {
  if (!user.roles.includes('staff') || isRecused(user, facts)) return false;
  if (facts.initiator === user.id || facts.participants.includes(user.id)) return !facts.tasks.some((task) => isRecused(user, task));
  return facts.tasks.some((task) => task.open && maySeeTask(user, task));
}

/** Reading a case, personal data masked: also administrators, through the monitor. A recused administrator not. */
export function maySeeCase(user: Person, facts: CaseFacts): boolean {
  return mayWorkOnCase(user, facts) || (user.roles.includes('admin') && !isRecused(user, facts));
}

/** What a ledger is about: decides who sees all of it. */
export type LedgerAudience = 'complaint' | 'service' | 'risk' | 'security' | 'rectification' | 'accountability' | 'training' | 'inspection' | 'assessment' | 'archive';

/** What a person sees of a ledger: all of it, all with personal data masked, the masked rows of cases they work on, or nothing. */
export type LedgerSight = 'full' | 'masked' | 'own' | 'none';

const control: readonly string[] = ['compliance', 'compliance_head', 'internal_audit', 'senior_mgmt'];

/** Groups that oversee what a ledger is about and see all of it. */
const overseers: Readonly<Record<LedgerAudience, readonly string[]>> = {
  complaint: ['cs_supervisor', 'cs_manager', 'complaint_officer', 'rights_protection', 'service_supervision', ...control],
  service: ['cs_supervisor', 'cs_manager', 'rights_protection', 'service_supervision', ...control],
  risk: ['risk_mgmt', 'risk_mgmt_head', 'security_dept', 'service_supervision', ...control],
  security: ['security_dept', 'risk_mgmt', 'risk_mgmt_head', ...control],
  rectification: ['cs_manager', 'service_supervision', 'risk_mgmt', 'risk_mgmt_head', ...control],
  training: ['training_admin', 'hr', 'cs_manager', 'service_supervision', ...control],
  inspection: ['service_supervision', 'cs_manager', 'hr', 'risk_mgmt', 'risk_mgmt_head', 'security_dept', ...control],
  // Scores of single people: for those who decide on them.
  assessment: ['service_supervision', 'hr', ...control],
  archive: ['archive_admin', ...control],
  // Limited to compliance, audit and human resources (manual, D), administrators and those at work on a case included.
  accountability: ['compliance', 'compliance_head', 'internal_audit', 'hr'],
};

/** What this person sees of the ledgers of an audience. */
export function ledgerSight(user: Person, audience: LedgerAudience): LedgerSight {
  const staff = user.roles.includes('staff');
  if (staff && user.groups.some((group) => overseers[audience].includes(group))) return 'full';
  if (audience === 'accountability' || audience === 'assessment') return 'none';
  if (user.roles.includes('admin')) return 'masked';
  return staff ? 'own' : 'none';
}

/** Who changes the targets of the dashboards: process owners and administrators. */
export function mayChangeTargets(user: Pick<User, 'roles'>): boolean {
  return user.roles.includes('owner') || user.roles.includes('admin');
}

/** May this person start the process? Staff; only members of its start groups when it names some. */
export function mayStart(user: Person, startGroups: readonly string[] | null): boolean {
  return user.roles.includes('staff') && (startGroups === null || startGroups.some((group) => user.groups.includes(group)));
}
