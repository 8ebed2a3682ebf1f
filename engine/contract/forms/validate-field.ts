import type { FieldProblem } from '../api.ts';
import type { JsonValue } from '../json.ts';
import { dateIn, instantOf, isDatetime, type DatetimeSubtype } from './datetime.ts';
import { decimalPlaces, nearestMultiples, toDecimal } from './decimal.ts';
import { evaluateFeel, holds, isFeel, staticOrFeel, type Place } from './expressions.ts';
import { resolveOptions, sameValue } from './options.ts';
import { toFiles } from './sanitize.ts';
import type { FormComponent } from './schema.ts';

const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+$/u;
/** International: `+` or `00`, country code, 7 to 15 digits. */
const PHONE = /^(\+|00)[1-9]\d{6,14}$/;
const PHONE_MAINLAND = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/;
const DEFAULT_MAX_FILES = 10;

/** The broken rules of one visible, enabled field, in the order a person would mend them. */
export function validateField(component: FormComponent, value: JsonValue, place: Place): FieldProblem[] {
  if (component.type === 'expression') return [];
  const problems = isBlank(component, value)
    ? component.validate?.required === true ? [{ rule: 'required' } satisfies FieldProblem] : []
    : validateValue(component, value, place);
  return problems.length > 0 ? problems : validateRule(component, place);
}

/** required fails on null, "", [] and an unticked checkbox; 0 and false as a chosen value pass. */
export function isBlank(component: FormComponent, value: JsonValue): boolean {
  if (component.type === 'checkbox') return value !== true;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function validateValue(component: FormComponent, value: JsonValue, place: Place): FieldProblem[] {
  switch (component.type) {
    case 'textfield':
    case 'textarea':
      return validateText(component, String(value), place);
    case 'number':
      return validateNumber(component, value, place);
    case 'datetime':
      return validateDatetime(component, String(value), place);
    case 'checklist':
    case 'taglist':
    case 'radio':
    case 'select':
      return validateOption(component, value, place);
    case 'filepicker':
      return validateFiles(component, value, place);
    default:
      return [];
  }
}

function validateText(component: FormComponent, text: string, place: Place): FieldProblem[] {
  const rules = component.validate ?? {};
  const problems: FieldProblem[] = [];
  const length = text.trim().length;
  const minLength = limit('minLength', rules.minLength, place, problems);
  const maxLength = limit('maxLength', rules.maxLength, place, problems);
  if (minLength !== null && length < minLength.toNumber()) problems.push({ rule: 'minLength', params: { minLength: minLength.toNumber(), length } });
  if (maxLength !== null && length > maxLength.toNumber()) problems.push({ rule: 'maxLength', params: { maxLength: maxLength.toNumber(), length } });
  if (problems.length === 0) problems.push(...validateShape(component, text));
  return problems;
}

function validateShape(component: FormComponent, text: string): FieldProblem[] {
  const rules = component.validate ?? {};
  if (component.properties?.phoneCn === 'true') return PHONE_MAINLAND.test(text.trim()) ? [] : [{ rule: 'phone', params: { context: 'mainland' } }];
  if (rules.validationType === 'email' && !EMAIL.test(text.trim())) return [{ rule: 'email' }];
  if (rules.validationType === 'phone' && !PHONE.test(text.replace(/[\s().-]/g, ''))) return [{ rule: 'phone' }];
  if (!rules.pattern || matches(rules.pattern, text)) return [];
  return [{ rule: 'pattern', ...(rules.patternErrorMessage ? { message: rules.patternErrorMessage } : {}) }];
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    // A pattern that is no regular expression cannot be met by typing: it is the author's mistake and the editor names it.
    return true;
  }
}

function validateNumber(component: FormComponent, value: JsonValue, place: Place): FieldProblem[] {
  const number = toDecimal(value);
  if (number === null) return [{ rule: 'number' }];
  const problems: FieldProblem[] = [];
  const digits = component.decimalDigits;
  if (typeof digits === 'number' && decimalPlaces(number) > digits) problems.push({ rule: 'decimalDigits', params: { digits, context: digits === 0 ? 'integer' : 'some' } });
  const step = toDecimal(component.increment as JsonValue | undefined);
  const near = step === null ? null : nearestMultiples(number, step);
  if (near !== null && problems.length === 0) problems.push({ rule: 'increment', params: near });
  const min = limit('min', component.validate?.min, place, problems);
  const max = limit('max', component.validate?.max, place, problems);
  if (min !== null && number.lessThan(min)) problems.push({ rule: 'min', params: { min: min.toFixed() } });
  if (max !== null && number.greaterThan(max)) problems.push({ rule: 'max', params: { max: max.toFixed() } });
  return problems;
}

function validateDatetime(component: FormComponent, text: string, place: Place): FieldProblem[] {
  const subtype = (component.subtype as DatetimeSubtype | undefined) ?? 'date';
  if (!isDatetime(text, subtype)) return [{ rule: 'datetime', params: { context: subtype === 'datetime' ? 'incomplete' : 'invalid' } }];
  if (subtype === 'time') return [];
  const { minDate, maxDate } = component.properties ?? {};
  const lower = minDate ?? (component.disallowPassedDates === true ? 'today' : undefined);
  if (lower && compareWith(lower, text, subtype, place) < 0) return [{ rule: 'datetime', params: { context: lower === 'now' ? 'notBeforeNow' : 'notBeforeToday' } }];
  if (maxDate && compareWith(maxDate, text, subtype, place) > 0) return [{ rule: 'datetime', params: { context: maxDate === 'now' ? 'notAfterNow' : 'notAfterToday' } }];
  return [];
}

/** Negative when the value lies before the bound, positive when after. A date compares by its day in the institution's zone. */
function compareWith(bound: string, text: string, subtype: DatetimeSubtype, { scope }: Place): number {
  if (bound === 'now' && subtype === 'datetime') return instantOf(text, scope.zone) - scope.now;
  const day = subtype === 'date' ? text : dateIn(scope.zone, instantOf(text, scope.zone));
  const today = dateIn(scope.zone, scope.now);
  return day < today ? -1 : day > today ? 1 : 0;
}

function validateOption(component: FormComponent, value: JsonValue, place: Place): FieldProblem[] {
  const options = resolveOptions(component, place);
  if (options === null) return [];
  const chosen = Array.isArray(value) ? value : [value];
  return chosen.every((item) => options.some((option) => sameValue(option.value, item))) ? [] : [{ rule: 'option' }];
}

function validateFiles(component: FormComponent, value: JsonValue, place: Place): FieldProblem[] {
  const files = toFiles(value);
  const multiple = component.multiple === true || holds(component.multiple, place);
  const most = multiple ? Number(component.properties?.maxFiles ?? DEFAULT_MAX_FILES) : 1;
  if (files.length > most) return [{ rule: 'file', params: { context: 'count', max: most } }];
  const accept = staticOrFeel(component.accept as JsonValue | undefined, place);
  if (typeof accept !== 'string' || accept.trim() === '') return [];
  const refused = files.find((file) => file.name !== file.id && !accepts(accept, file.name, file.mediaType));
  return refused ? [{ rule: 'file', params: { context: 'type', name: refused.name, accept } }] : [];
}

/** Whether a file is allowed by an `accept` list (`.pdf,image/*`). */
export function accepts(accept: string, name: string, mediaType: string): boolean {
  return accept.split(',').map((entry) => entry.trim().toLowerCase()).filter(Boolean).some((entry) => {
    if (entry.startsWith('.')) return name.toLowerCase().endsWith(entry);
    if (entry.endsWith('/*')) return mediaType.toLowerCase().startsWith(entry.slice(0, -1));
    return mediaType.toLowerCase() === entry;
  });
}

/** `properties.rule`: exactly false is an error; null (not decided) is none. */
function validateRule(component: FormComponent, place: Place): FieldProblem[] {
  const rule = component.properties?.rule;
  if (!rule || evaluateFeel(rule, place) !== false) return [];
  const message = component.properties?.ruleMessage;
  return [{ rule: 'custom', ...(message ? { message } : {}) }];
}

/** A limit as a number; null and absent mean no limit, anything else that is no number is an error of its own. */
function limit(name: string, stated: number | string | undefined, place: Place, problems: FieldProblem[]) {
  if (stated === undefined || stated === '') return null;
  const value = isFeel(stated) ? evaluateFeel(stated, place) : stated;
  if (value === null) return null;
  const number = toDecimal(value);
  if (number === null) problems.push({ rule: 'limit', params: { limit: name } });
  return number;
}
