import type { JsonObject, JsonValue } from '../json.ts';
import { toDecimal, storedNumber } from './decimal.ts';
import { isObject } from './paths.ts';
import type { FormComponent } from './schema.ts';

/** A file chosen in a filepicker: what the form's data holds; the bytes travel beside it (`POST /api/files`). */
export interface FileValue {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  mediaType: string;
}

/** What a field of this type holds when nothing is entered. */
export function emptyValue(component: FormComponent): JsonValue {
  switch (component.type) {
    case 'textfield':
    case 'textarea':
      return '';
    case 'checkbox':
      return false;
    case 'checklist':
    case 'taglist':
      return [];
    default:
      return null;
  }
}

/** Brings a value into the shape of the field's type; a wrong type becomes the empty value. Text that is no number is kept, so that validation names it. */
export function sanitize(component: FormComponent, value: JsonValue | undefined): JsonValue {
  if (value === undefined || value === null) return emptyValue(component);
  switch (component.type) {
    case 'textfield':
    case 'textarea':
      return typeof value === 'object' ? '' : String(value);
    case 'number':
      return sanitizeNumber(component, value);
    case 'datetime':
      return typeof value === 'string' && value !== '' ? value : null;
    case 'checkbox':
      return value === true;
    case 'checklist':
    case 'taglist':
      return Array.isArray(value) ? value : [];
    case 'radio':
    case 'select':
      return Array.isArray(value) || value === '' ? null : value;
    case 'filepicker':
      return toFiles(value).length === 0 ? null : (toFiles(value) as unknown as JsonValue);
    default:
      return value;
  }
}

function sanitizeNumber(component: FormComponent, value: JsonValue): JsonValue {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  if (value === '') return null;
  const decimal = toDecimal(value);
  return decimal === null ? value : storedNumber(decimal, component.serializeToString === true);
}

/** The files of a filepicker's value: a list of `FileValue`, or bare ids. */
export function toFiles(value: JsonValue | undefined): FileValue[] {
  const list = typeof value === 'string' && value !== '' ? [value] : Array.isArray(value) ? value : isObject(value) ? [value] : [];
  return list.flatMap((item): FileValue[] => {
    if (typeof item === 'string' && item !== '') return [{ id: item, name: item, size: 0, mediaType: '' }];
    if (!isObject(item) || typeof item.id !== 'string') return [];
    return [fileValue(item, item.id)];
  });
}

function fileValue(item: JsonObject, id: string): FileValue {
  return {
    id,
    name: typeof item.name === 'string' ? item.name : id,
    size: typeof item.size === 'number' ? item.size : 0,
    mediaType: typeof item.mediaType === 'string' ? item.mediaType : '',
  };
}
