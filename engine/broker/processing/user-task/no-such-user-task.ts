import type { Answer } from '../../../protocol/commands.ts';
import type { Key } from '../../../protocol/key.ts';
import { reject } from '../command-handler.ts';

/** The refusal of a command for a user task that has ended or never was. */
export const noSuchUserTask = (verb: string, userTaskKey: Key): Answer => reject('NOT_FOUND', `Expected to ${verb} user task with key '${userTaskKey}', but no such user task was found`);
