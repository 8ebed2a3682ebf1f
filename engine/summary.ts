import type { Database } from './database/connect.ts';

/** One step of starting, and how long it took. */
export interface Step {
  name: 'install' | 'build' | 'sample' | 'database' | 'schema' | 'broker' | 'procedures' | 'workers' | 'web';
  ms: number;
}

const STEP_NAMES: Record<Step['name'], string> = {
  install: '安装依赖 install',
  build: '构建 build',
  sample: '示例数据 sample data',
  database: '数据库 database',
  schema: '数据表 schema',
  broker: '引擎与网关 broker, gateway',
  procedures: '部署流程 procedures',
  workers: '作业 workers',
  web: '页面 web',
};

/** Tells the person at the terminal where to click, as whom, and how long each step took. */
export async function printSummary({ steps, address, gatewayAddress, dataDir, db, samplePeople }: { steps: readonly Step[]; address: string; gatewayAddress: string; dataDir: string; db: Database; samplePeople: boolean }): Promise<void> {
  const lines = ['', `规程 Guicheng 已就绪 ready:  ${address}`, `Zeebe gRPC:               ${gatewayAddress}`, `数据 data:                ${dataDir}`, ''];
  if (samplePeople) {
    const people: { id: string; name: string; title: string }[] = await db('app.app_user').select('id', 'name', 'title').where('sample', true).orderBy('id');
    lines.push('示例人员（登录页一键进入） sample people (one click on the sign-in page):', ...people.map(({ id, name, title }) => `  ${name}  ${title}  (${id})`), '');
  }
  const total = steps.reduce((sum, step) => sum + step.ms, 0);
  lines.push(...steps.map(({ name, ms }) => `  ${seconds(ms)}  ${STEP_NAMES[name]}`), `  ${seconds(total)}  合计 total`, '', 'Ctrl-C 停止 stops.', '');
  process.stdout.write(lines.join('\n'));
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(6)} s`;
