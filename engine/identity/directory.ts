import type { Directory, Role, User } from '../contract/api.ts';
import type { Database } from '../database/connect.ts';
import { manualGroups } from './groups.ts';

/** A person as the platform knows them. Contact data is for delivery only: never log it. */
export interface DirectoryUser extends User {
  title: string;
  email: string | null;
  phone: string | null;
  dept: string | null;
  /** `on` takes tasks; `off`, `suspended` and `restricted` do not. */
  duty: 'on' | 'off' | 'suspended' | 'restricted';
  sample: boolean;
}

interface UserRow extends Omit<DirectoryUser, 'roles' | 'groups'> {
  roles: Role[];
  groups: string[];
}

const columns = ['id', 'name', 'title', 'email', 'phone', 'roles', 'groups', 'dept', 'duty', 'sample'];

/** Writes the manual's groups; names an administrator has changed stay. */
export async function installGroups(db: Database): Promise<void> {
  await db('app.user_group').insert(manualGroups.map((group, position) => ({ id: group.id, name: group.name, name_en: group.nameEn, position }))).onConflict('id').ignore();
}

/** Names of all people, groups and sites, for selects. */
export async function readDirectory(db: Database): Promise<Omit<Directory, 'products'>> {
  const users: { id: string; name: string; groups: string[] }[] = await db('app.app_user').select('id', 'name', 'groups').orderBy('id');
  const groups: { id: string; name: string; nameEn: string }[] = await db('app.user_group').select('id', 'name', { nameEn: 'name_en' }).orderBy('position').orderBy('id');
  const sites: { id: string; name: string; nameEn: string }[] = await db('app.site').select('id', 'name', { nameEn: 'name_en' }).orderBy('id');
  return { users, groups, sites };
}

/** All people, by id. */
export async function listUsers(db: Database): Promise<DirectoryUser[]> {
  const rows: UserRow[] = await db('app.app_user').select(columns).orderBy('id');
  return rows;
}

/** The person, or null when there is none. */
export async function findUser(db: Database, id: string): Promise<DirectoryUser | null> {
  const row: UserRow | undefined = await db('app.app_user').select(columns).where({ id }).first();
  return row ?? null;
}

/** Members of a group who are on duty, by id; `dept` and `exclude` narrow it. */
export async function membersOnDuty(db: Database, group: string, narrow: { dept?: string | null; exclude?: readonly string[] } = {}): Promise<DirectoryUser[]> {
  const query = db('app.app_user').select(columns).whereRaw('? = any(groups)', [group]).where({ duty: 'on' }).orderBy('id');
  if (narrow.dept != null) query.where({ dept: narrow.dept });
  if (narrow.exclude?.length) query.whereNotIn('id', [...narrow.exclude]);
  const rows: UserRow[] = await query;
  return rows;
}
