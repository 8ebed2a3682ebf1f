import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { FormComponent } from '../contract/forms/index.ts';
import type { Database } from '../database/connect.ts';

/** Personal data by name, wherever in the data it stands (manual, Part 0.8). */
const everywhere: ReadonlySet<string> = new Set(['phone', 'email', 'idNo', 'accountNo', 'complainantName', 'reporterName', 'reporterContact']);

/** True for a field whose name alone says that it is personal. */
export function isPersonalName(name: string): boolean {
  return everywhere.has(name);
}

/** Names of variables that hold personal data: the fixed ones, and the fields some form marks with `pii`. */
export interface PersonalData {
  /** True for a variable of that name. */
  has(name: string): boolean;
  /** The value with everything personal in it masked; `masked` tells whether anything was. */
  mask(name: string, value: JsonValue): { value: JsonValue; masked: boolean };
  maskAll(variables: JsonObject): { variables: JsonObject; masked: boolean };
}

/** Reads the forms' `pii` marks, anew when forms have been deployed since. */
export function personalDataReader(db: Database): () => Promise<PersonalData> {
  let known: { newest: string; data: PersonalData } | undefined;
  return async () => {
    const row = (await db('read_model.form_definition').max({ newest: 'key' }).first()) as { newest: string | null } | undefined;
    const newest = row?.newest ?? '0';
    if (known?.newest !== newest) known = { newest, data: personalData(await markedFields(db)) };
    return known.data;
  };
}

/** Members of a variable that are personal; the empty name stands for the whole variable. */
type Marked = ReadonlyMap<string, ReadonlySet<string>>;

/** Masks by these marks on top of the fixed names. */
export function personalData(marked: Marked): PersonalData {
  const has = (name: string): boolean => everywhere.has(name) || marked.get(name)?.has('') === true;
  const mask = (name: string, value: JsonValue): { value: JsonValue; masked: boolean } => {
    if (has(name)) return { value: maskValue(value), masked: value !== null && value !== '' };
    const inner = maskInside(value, marked.get(name));
    return { value: inner, masked: inner !== value };
  };
  return {
    has,
    mask,
    maskAll(variables) {
      let any = false;
      const entries = Object.entries(variables).map(([name, value]): [string, JsonValue] => {
        const { value: shown, masked } = mask(name, value);
        any ||= masked;
        return [name, shown];
      });
      return { variables: Object.fromEntries(entries), masked: any };
    },
  };
}

/** `13912345678` → `139****5678`, `zhang@example.com` → `z***@example.com`, `王小明` → `王**`. */
export function maskText(text: string): string {
  const at = text.indexOf('@');
  if (at > 0) return `${text.slice(0, 1)}***${text.slice(at)}`;
  const signs = [...text];
  if (signs.length >= 11) return `${signs.slice(0, 3).join('')}${'*'.repeat(signs.length - 7)}${signs.slice(-4).join('')}`;
  if (signs.length >= 6) return `${signs.slice(0, 2).join('')}${'*'.repeat(signs.length - 4)}${signs.slice(-2).join('')}`;
  return signs.length <= 1 ? '*' : `${signs[0] ?? ''}${'*'.repeat(signs.length - 1)}`;
}

function maskValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value === '' ? value : maskText(value);
  if (typeof value === 'number') return maskText(String(value));
  if (Array.isArray(value)) return value.map(maskValue);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner)]));
  return value;
}

/** The same value when nothing in it is personal. */
function maskInside(value: JsonValue, also?: ReadonlySet<string>): JsonValue {
  if (Array.isArray(value)) {
    const inner = value.map((each) => maskInside(each, also));
    return inner.some((each, index) => each !== value[index]) ? inner : value;
  }
  if (value === null || typeof value !== 'object') return value;
  let any = false;
  const entries = Object.entries(value).map(([name, each]): [string, JsonValue] => {
    const personal = (everywhere.has(name) || also?.has(name) === true) && each !== null && each !== '';
    const shown = personal ? maskValue(each) : maskInside(each, also);
    any ||= shown !== each;
    return [name, shown];
  });
  return any ? Object.fromEntries(entries) : value;
}

async function markedFields(db: Database): Promise<Marked> {
  const rows: { content: string }[] = await db('read_model.form_definition').select('content').where({ deleted: false });
  const marked = new Map<string, Set<string>>();
  for (const { content } of rows) {
    const { components } = JSON.parse(content) as { components?: FormComponent[] };
    if (Array.isArray(components)) collectMarked(components, [], marked);
  }
  return marked;
}

function collectMarked(components: readonly FormComponent[], around: readonly string[], marked: Map<string, Set<string>>): void {
  for (const component of components) {
    const path = [...around, ...(component.key ?? component.path ?? '').split('.').filter((part) => part !== '')];
    const top = path[0];
    if (component.properties?.pii === 'true' && top !== undefined) marked.set(top, new Set([...(marked.get(top) ?? []), path.length === 1 ? '' : path.at(-1)!]));
    if (Array.isArray(component.components)) collectMarked(component.components, path, marked);
  }
}
