// Builds what gives the real Zeebe its callers' tenants: an interceptor of its gateway, as its documentation describes it.
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = path.join(import.meta.dirname, 'tenants', 'TenantsFromToken.java');

/** Settings that switch multi-tenancy on; callers are let in with the tenants of their tokens. `folder` is for the caller to remove. */
export async function tenantSettings({ home, javaHome }) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-interceptor-'));
  const jar = path.join(folder, 'tenants.jar');
  await run(path.join(javaHome, 'bin', 'javac'), ['-proc:none', '-cp', path.join(home, 'lib', '*'), '-d', path.join(folder, 'classes'), SOURCE]);
  await run(path.join(javaHome, 'bin', 'jar'), ['cf', jar, '-C', path.join(folder, 'classes'), '.']);
  return {
    folder,
    env: {
      ZEEBE_BROKER_GATEWAY_MULTITENANCY_ENABLED: 'true',
      ZEEBE_BROKER_GATEWAY_INTERCEPTORS_0_ID: 'tenants',
      ZEEBE_BROKER_GATEWAY_INTERCEPTORS_0_CLASSNAME: 'guicheng.oracle.TenantsFromToken',
      ZEEBE_BROKER_GATEWAY_INTERCEPTORS_0_JARPATH: jar,
    },
  };
}
