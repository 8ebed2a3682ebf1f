import type { Migration } from '../../../database/migrate.ts';
import { stateAndRecords } from './0001-state-and-records.ts';
import { recordBatches } from './0002-record-batches.ts';
import { epochs } from './0003-epochs.ts';
import { pruned } from './0004-pruned.ts';
import { redo } from './0005-redo.ts';

/** Schema `broker`. */
export const brokerMigrations: readonly Migration[] = [stateAndRecords, recordBatches, epochs, pruned, redo];
