import { EXCLUDE_USERS, liftedNames } from '../lift.ts';
import { variable as variables } from '../tables.ts';
import { text, type Applier } from './applier.ts';

/** Variables at their scopes: the value as JSON text. */
export const variable: Applier = {
  valueTypes: ['VARIABLE'],
  apply(batch, { key, intent, timestamp, value }) {
    if (intent !== 'CREATED' && intent !== 'UPDATED') return; // a migration repeats the variable without its value
    const instanceKey = text(value['processInstanceKey']);
    const scopeKey = text(value['scopeKey']);
    const name = text(value['name']);
    batch.instances.add(instanceKey);
    batch.put(variables, { key, process_instance_key: instanceKey, scope_key: scopeKey, name, value: text(value['value']), changed_at: timestamp });
    if (scopeKey === instanceKey && liftedNames.has(name)) batch.lifted.add(instanceKey);
    if (name === EXCLUDE_USERS) batch.exclusions.add(instanceKey);
  },
};
