import { fieldInstances, getPath, isBlank, resolveOptions, setPath, type FieldInstance, type FormSchema, type FormScope } from '../../contract/forms/index.ts';
import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { Dice } from '../dice.ts';
import { minuteIso } from './context.ts';

const HOUR_MS = 3_600_000;

/**
 * Fills in what a form asks for and `values` leave open: the first fitting thing of its kind. So a form that has got a new field since the play was
 * written, or a procedure of one's own, is filled in all the same. `attach` uploads a page.
 */
export async function completed(schema: FormSchema, values: JsonObject, scope: FormScope, dice: Dice, attach: () => Promise<JsonObject[]>): Promise<JsonObject> {
  const filled = structuredClone(values);
  // What is chosen may show further fields.
  for (let round = 0; round < 3; round += 1) {
    let changed = false;
    for (const instance of fieldInstances(schema, filled, scope)) {
      const { component, hidden, path } = instance;
      if (hidden || path.length === 0 || component.disabled === true || component.readonly === true || component.validate?.required !== true || !isBlank(component, getPath(filled, path) ?? null)) continue;
      const value = await somethingFor(instance, filled, scope, dice, attach);
      if (value === undefined) continue;
      setPath(filled, path, value);
      changed = true;
    }
    if (!changed) break;
  }
  return filled;
}

async function somethingFor({ component, at }: FieldInstance, values: JsonObject, scope: FormScope, dice: Dice, attach: () => Promise<JsonObject[]>): Promise<JsonValue | undefined> {
  const options = (resolveOptions(component, { values, scope, at }) ?? []).map((option) => option.value);
  switch (component.type) {
    case 'select':
    case 'radio':
      return options.length === 0 ? undefined : dice.pick(options);
    case 'checklist':
    case 'taglist':
      return options.length === 0 ? undefined : dice.some(options, 1);
    case 'checkbox':
      return true;
    case 'number':
      return Math.max(1, Number(component.validate?.min ?? 1));
    case 'datetime': {
      const ahead = component.properties?.['minDate'] !== undefined ? 48 * HOUR_MS : component.properties?.['maxDate'] !== undefined ? -HOUR_MS : 0;
      const moment = minuteIso(scope.now + ahead, scope.zone);
      return component.subtype === 'date' ? moment.slice(0, 10) : moment;
    }
    case 'filepicker':
      return (await attach()) as JsonValue;
    case 'textfield':
    case 'textarea':
      return component.validate?.validationType === 'email' ? 'sample@example.com' : '已按规定核对办理，资料齐全，后续由承办人员跟进并记录。';
    default:
      return undefined;
  }
}
