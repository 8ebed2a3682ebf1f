import type { ValueType } from '../../protocol/records.ts';
import type { Applier } from './applier.ts';
import { decision } from './decision.ts';
import { form } from './form.ts';
import { incident } from './incident.ts';
import { job } from './job.ts';
import { messageSubscription } from './message-subscription.ts';
import { process } from './process.ts';
import { processInstance } from './process-instance.ts';
import { timer } from './timer.ts';
import { userTask } from './user-task.ts';
import { variable } from './variable.ts';

const all: readonly Applier[] = [process, form, decision, processInstance, variable, job, incident, timer, messageSubscription, userTask];

/** Who applies the records of a value type; types without one leave no trace but the record itself. */
export const appliers: ReadonlyMap<ValueType, Applier> = new Map(all.flatMap((applier) => applier.valueTypes.map((type): [ValueType, Applier] => [type, applier])));
