import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { JsonObject } from '../../contract/json.ts';
import { readVariables } from '../rpc.ts';
import { Problem, unreadable } from './problem.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** What clients may leave out, or say null. */
const optional = <Type extends z.ZodType>(type: Type) => type.nullish().transform((value) => value ?? undefined);
/** Texts may also be given as plain values, as the JSON reader of Zeebe takes them. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const completion = z.object({ variables: optional(z.record(z.string(), z.unknown())), action: optional(text) });
export const assignment = z.object({ assignee: optional(text), allowOverride: optional(z.boolean()), action: optional(text) });
export const update = z.object({
  changeset: optional(z.object({ candidateGroups: optional(z.array(text)), candidateUsers: optional(z.array(text)), dueDate: optional(text), followUpDate: optional(text) })),
  action: optional(text),
});

/** Reads a body of JSON; `required` refuses a request without one. Throws Problem. */
export async function readBody<Schema extends z.ZodType>(request: IncomingMessage, schema: Schema, required = false): Promise<z.infer<Schema>> {
  const given = await readText(request);
  const type = request.headers['content-type'];
  if (given !== '' || required) {
    const plain = type?.split(';')[0]!.trim();
    if (plain !== 'application/json') throw new Problem(415, 'Unsupported Media Type', type === undefined ? '' : `Content-Type '${type}' is not supported.`, { accept: 'application/json' });
  }
  let value: unknown;
  try {
    value = given === '' ? {} : JSON.parse(given);
  } catch (cause) {
    throw Object.assign(unreadable(), { cause });
  }
  const read = schema.safeParse(value);
  if (!read.success) throw unreadable();
  // Numbers in variables stay exactly as they were written.
  return given !== '' && (value as { variables?: unknown } | null)?.variables ? { ...(read.data as object), variables: exactVariables(given) } as z.infer<Schema> : read.data;
}

const exactVariables = (body: string): JsonObject => readVariables(body)['variables'] as JsonObject;

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Problem(413, 'Payload Too Large', `The request is larger than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
