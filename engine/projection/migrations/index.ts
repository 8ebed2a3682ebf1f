import type { Migration } from '../../database/migrate.ts';
import { readModel } from './0001-read-model.ts';
import { taskNames } from './0002-task-names.ts';
import { instanceRecords } from './0003-instance-records.ts';
import { recordPlaces } from './0004-record-places.ts';
import { nativeTasksAndBusinessKeys } from './0005-native-tasks-and-business-keys.ts';
import { endedInstances } from './0006-ended-instances.ts';
import { longHistory } from './0007-long-history.ts';
import { valuePlaces } from './0008-value-places.ts';

/** Schema steps of this room, all in schema `read_model`. */
export const projectionMigrations: Migration[] = [readModel, taskNames, instanceRecords, recordPlaces, nativeTasksAndBusinessKeys, endedInstances, longHistory, valuePlaces];
