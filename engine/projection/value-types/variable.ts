import { EXCLUDE_USERS, liftedNames } from '../lift.ts';
import { variable as variables } from '../tables.ts';
import { text, type Applier } from './applier.ts';

/** Variables at their scopes: the value as JSON text, or where it is in the record log. Read them as `read_model.variable_value`, which has all values whole. */
export const variable: Applier = {
  valueTypes: ['VARIABLE'],
  apply(batch, { key, intent, timestamp, value, valuePlace }) {
    if (intent !== 'CREATED' && intent !== 'UPDATED') return; // a migration repeats the variable without its value
    const instanceKey = text(value['processInstanceKey']);
    const scopeKey = text(value['scopeKey']);
    const name = text(value['name']);
    batch.instances.add(instanceKey);
    const stored = valuePlace === undefined ? { value: text(value['value']), value_batch: null, value_line: null } : { value: null, value_batch: valuePlace.batch, value_line: valuePlace.line };
    const row = { key, process_instance_key: instanceKey, scope_key: scopeKey, name, ...stored, changed_at: timestamp };
    if (intent === 'CREATED') batch.add(variables, row);
    else batch.put(variables, row);
    if (scopeKey === instanceKey && liftedNames.has(name)) batch.lifted.add(instanceKey);
    if (name === EXCLUDE_USERS) batch.exclusions.add(instanceKey);
  },
};
