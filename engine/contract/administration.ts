/** REST types of what administrators keep up: what can be booked and applied for, who advises whom, the telephone log. No Node, no DOM. */
import type { BilingualText, KpiTarget } from './api.ts';

/** Opening hours of a working day, wall time of the institution, e.g. `09:00` to `12:00`. */
export interface OpeningHours {
  opens: string;
  closes: string;
}

/** A counter, room or seat customers book. */
export interface ServiceResource {
  resourceId: string;
  /** Group whose people serve there. */
  groupId: string;
  /** Null serves everywhere. */
  site: string | null;
  name: string;
  nameEn: string;
  /** What it can do beyond the ordinary: `assist`, `interpreter`. */
  skills: string[];
  /** Takes new bookings. */
  active: boolean;
  hours: OpeningHours[];
  /** Reservations that begin later; they stay when it is taken out of service. */
  upcoming: number;
}

/** A product of the service catalogue. */
export interface ServiceProduct {
  product: string;
  business: string;
  serviceClass: string | null;
  name: string;
  nameEn: string;
  /** `R1` to `R5`; null where risk has no part in it. */
  productRisk: string | null;
  /** Working days to carry it out; null takes the default of `service_sla`. */
  executeDays: number | null;
  /** May be applied for. */
  active: boolean;
  /** Applications for it that are not closed. */
  open: number;
}

/** The people who advise a customer: they never review that customer's applications. */
export interface CustomerAdvisers {
  customerNo: string;
  userIds: string[];
}

/** GET /api/administration/services, for administrators. */
export interface ServiceAdministration {
  resources: ServiceResource[];
  products: ServiceProduct[];
  advisers: CustomerAdvisers[];
}

/**
 * POST /api/administration/resources (adds, fails with `exists`) and PUT /api/administration/resources/:id (changes) with `reason`
 * → ServiceAdministration. Fails with `entry_invalid`, whose `rule` is one of EntryRule.
 */
export type ResourceEntry = Omit<ServiceResource, 'upcoming'>;

/** POST /api/administration/products and PUT /api/administration/products/:id with `reason` → ServiceAdministration. Fails as ResourceEntry does. */
export type ProductEntry = Omit<ServiceProduct, 'open'>;

/** What is wrong with an entry; `advisers` may fail with `customer`, `user`, `advisers`. PUT /api/administration/advisers/:customerNo `{userIds, reason}`. */
export type EntryRule = 'id' | 'name' | 'group' | 'site' | 'skills' | 'hours_order' | 'hours_overlap' | 'hours_none' | 'business' | 'risk' | 'days' | 'customer' | 'user' | 'advisers';

/** Something wrong with a line of a telephone log; `text` is what stands there. */
export interface CallLineProblem {
  line: number;
  rule: 'head' | 'time' | 'order' | 'future' | 'agent' | 'customer' | 'twice' | 'empty' | 'many';
  text: string;
}

/** POST /api/calls/check `{csv}`: what an import would bring. Nothing is taken while a line is wrong. */
export interface CallLogCheck {
  problems: CallLineProblem[];
  /** Calls in the file that are right. */
  calls: number;
  /** Of them already there from an earlier import; they are not counted twice. */
  known: number;
  /** Without an answer. */
  missed: number;
  /** First and last start, ISO 8601; null in an empty file. */
  from: string | null;
  to: string | null;
  /** Mean handling of the answered calls in minutes; null without any. */
  handlingMinutes: number | null;
}

/** POST /api/calls `{csv, reason}`. Fails with `calls_invalid`. */
export interface CallImport {
  at: string;
  byName: string;
  imported: number;
  known: number;
}

/** Figures of a month (`2026-11`); null where there is nothing to measure. */
export interface ChannelMonth {
  month: string;
  count: number;
  /** Calls nobody answered; 0 at the counter. */
  missed: number;
  /** Mean wait for an answer in seconds; null at the counter. */
  waitSeconds: number | null;
  handlingMinutes: number | null;
  /** Share of the handled within the target, in percent; null without a target. */
  inTime: number | null;
}

/** GET /api/calls: the last twelve months by telephone (the imported log) and at the counter (appointments served), against their targets. */
export interface ChannelFigures {
  phone: { target: KpiTarget | null; months: ChannelMonth[] };
  counter: { target: KpiTarget | null; months: ChannelMonth[] };
  /** Newest first, at most ten. */
  imports: CallImport[];
}

/** GET /api/public/commitments: the time limits in force, as the published decisions give them. No session. */
export interface ServiceCommitments {
  groups: CommitmentGroup[];
}

/** Commitments about one matter. */
export interface CommitmentGroup {
  id: string;
  name: BilingualText;
  items: Commitment[];
}

/** One promise: `amount` `unit` at most; `wd` are working days. */
export interface Commitment {
  id: string;
  text: BilingualText;
  amount: number;
  unit: 'min' | 'h' | 'd' | 'wd';
}

/** GET /api/duties: the tasks of each post, out of the diagrams in force. For everybody signed in. */
export interface Duties {
  posts: PostDuties[];
  /** Tasks whose people follow from the case. */
  byCase: DutyTask[];
}

/** A post and what it does. */
export interface PostDuties {
  groupId: string;
  name: string;
  nameEn: string;
  /** People of the group. */
  members: { id: string; name: string }[];
  tasks: DutyTask[];
  /** Procedures only people of this post begin. */
  starts: { processId: string; name: string; nameEn: string | null; code: string | null }[];
}

/** A task of a diagram. */
export interface DutyTask {
  processId: string;
  processName: string;
  processNameEn: string | null;
  /** Section of the manual, e.g. `B2`. */
  code: string | null;
  elementId: string;
  name: string;
  nameEn: string | null;
  /** The expression that says who does it; null for a fixed post. */
  rule: string | null;
}

/** What kind of data a field or a file holds, and how sensitive it is (S0 7.1, 7.2). */
export interface DataClass {
  dataClass: 'customer_info' | 'txn_data' | 'op_record' | 'internal';
  sensitivity: 'public' | 'internal' | 'confidential' | 'core';
}

/** GET /api/data-classes?fields=phone,idNo: by field; those the published decision `data_classification` says nothing of are left out. */
export interface DataClasses {
  fields: Record<string, DataClass>;
}
