import type { JsonObject, JsonValue } from '../../contract/json.ts';

/** How a variable's value goes into a column; a value of another kind is passed over. */
type Kind = 'text' | 'whole' | 'number' | 'flag' | 'instant' | 'texts' | 'rows';

/** Ledger column of each process variable a ledger follows. */
export type FollowedVariables = readonly (readonly [column: string, variable: string, kind: Kind])[];

/** Columns of a ledger row as the variables say; what they do not say is missing. */
export function columnsOf(followed: FollowedVariables, variables: JsonObject): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [column, variable, kind] of followed) {
    const value = columnValue(variables[variable], kind);
    if (value !== undefined) found[column] = value;
  }
  return found;
}

/** A variable's value as a column takes it; undefined when it is of another kind. */
export function columnValue(value: JsonValue | undefined, kind: Kind): unknown {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '' ? value : undefined;
    case 'whole':
      return typeof value === 'number' ? Math.round(value) : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'instant':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined;
    case 'texts':
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
    case 'rows':
      return Array.isArray(value) ? JSON.stringify(value) : undefined;
  }
}
