/** JSON as values. Keys minted by the engine travel as strings, never as numbers. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = { [name: string]: JsonValue };
