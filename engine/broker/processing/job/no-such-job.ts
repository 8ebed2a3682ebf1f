import type { Answer } from '../../../protocol/commands.ts';
import type { Key } from '../../../protocol/key.ts';
import { reject } from '../command-handler.ts';

/** The refusal of a command for a job that has ended or never was. */
export const noSuchJob = (verb: string, jobKey: Key): Answer => reject('NOT_FOUND', `Expected to ${verb} job with key '${jobKey}', but no such job was found`);
