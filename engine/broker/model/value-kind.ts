import { typeOf, type FeelTypeName, type FeelValue } from '../../contract/feel/index.ts';

const KINDS: Partial<Record<FeelTypeName, string>> = { null: 'NULL', boolean: 'BOOLEAN', string: 'STRING', number: 'NUMBER', list: 'ARRAY', context: 'OBJECT', date: 'DATE', 'date and time': 'DATE_TIME', 'days and time duration': 'DURATION', 'years and months duration': 'PERIOD' };

/** Zeebe's name of a value's type, as its incidents and refusals say it. */
export const kindOf = (value: FeelValue): string => KINDS[typeOf(value)] ?? 'UNKNOWN';
