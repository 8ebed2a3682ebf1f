import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readConfig, StartError } from './config.ts';
import type { Role } from './contract/api.ts';
import { connectDatabase } from './database/connect.ts';
import { startEmbeddedPostgres } from './database/embedded-postgres.ts';
import { createAccount } from './identity/accounts.ts';
import { installGroups } from './identity/directory.ts';
import { migrateAll } from './migrations.ts';

const USAGE = `npm run account -- --id <name> --name <full name> --roles staff,owner,admin [--groups a,b] [--title <title>] [--email <address>]

Creates a local account. The password (12 characters or more) is asked for, or read from standard input.
创建本地账户；密码（至少 12 个字符）在终端输入，或从标准输入读取。`;

const ROLES: readonly Role[] = ['staff', 'owner', 'admin'];

/** What `npm run account` does: creates an account in the installation's database. */
export async function account(root: string, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { id: { type: 'string' }, name: { type: 'string' }, roles: { type: 'string' }, groups: { type: 'string' }, title: { type: 'string' }, email: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true || values.id === undefined || values.name === undefined || values.roles === undefined) {
    process.stdout.write(`${USAGE}\n`);
    if (values.help !== true) process.exitCode = 1;
    return;
  }
  const roles = values.roles.split(',').map((role) => role.trim());
  const unknown = roles.find((role) => !ROLES.includes(role as Role));
  if (unknown !== undefined) throw new StartError(`没有角色“${unknown}”，只有 ${ROLES.join('、')}。 / There is no role '${unknown}', only ${ROLES.join(', ')}.`);
  const input = createInterface({ input: process.stdin, output: process.stderr });
  const password = await input.question('密码 Password: ');
  input.close();
  const config = readConfig(process.env, root);
  const postgres = config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: path.join(config.dataDir, 'postgres') }) : null;
  await postgres?.ensureDatabase('guicheng');
  const db = connectDatabase({ url: config.databaseUrl ?? postgres!.url('guicheng') });
  try {
    await migrateAll(db);
    await installGroups(db);
    const made = await createAccount(db, { id: values.id, name: values.name, password, roles: roles as Role[], groups: values.groups?.split(',').map((group) => group.trim()) ?? [], title: values.title ?? '', email: values.email ?? null }, 'command line', Date.now());
    process.stdout.write(`已创建账户 created: ${made.id}\n`);
  } finally {
    await db.destroy();
    // A server that another Guicheng runs on was only borrowed.
    if (postgres !== null && !postgres.adopted) await postgres.stop();
  }
}
