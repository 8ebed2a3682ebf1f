export { backUp, type BackedUp, type BackUpOptions } from './back-up.ts';
export { BackupFileError } from './backup-file.ts';
export { OccupiedError, restore, type RestoreOptions } from './restore.ts';
