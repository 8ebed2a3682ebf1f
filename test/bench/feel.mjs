// Evaluations of typical FEEL expressions per second on one core: node test/bench/feel.mjs [milliseconds per expression]
import path from 'node:path';
import { runnerImport } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const perExpressionMs = Number(process.argv[2] ?? 300);
const { module: feel } = await runnerImport(path.join(root, 'engine/contract/feel/index.ts'), { root, configFile: false, logLevel: 'error' });

const variables = {
  amount: 1250.5,
  limit: 1000,
  status: 'open',
  vip: false,
  name: '王蕾',
  channel: 'branch',
  order: { id: 'A-17', items: [{ price: 10.5, count: 2 }, { price: 99, count: 1 }, { price: 3.25, count: 12 }] },
  tags: ['a', 'b', 'c'],
  due: '2024-02-29',
};
const expressions = [
  'amount > limit',
  'status = "open" and not(vip)',
  'if amount > limit then "high" else "low"',
  'amount * 0.015 + 2',
  'order.id',
  'order.items[price > 5].price',
  'sum(for item in order.items return item.price * item.count)',
  'some x in tags satisfies x = "c"',
  'contains(lower case(channel), "bran")',
  '"case-" + string(amount)',
  'date(due) + duration("P5D")',
  '{total: amount, label: name, over: amount > limit}',
  'get or else(missing, 0)',
  'count(tags) in [1..5]',
];

let evaluations = 0;
let seconds = 0;
for (const text of expressions) {
  const compiled = feel.compileExpression(text);
  const once = () => feel.feelToExactJson(compiled.evaluate(feel.jsonScope(variables)).value);
  for (let warm = 0; warm < 2000; warm += 1) once();
  let count = 0;
  const began = process.hrtime.bigint();
  const until = began + BigInt(perExpressionMs) * 1_000_000n;
  while (process.hrtime.bigint() < until) {
    for (let batch = 0; batch < 200; batch += 1) once();
    count += 200;
  }
  const took = Number(process.hrtime.bigint() - began) / 1e9;
  evaluations += count;
  seconds += took;
  process.stdout.write(`${Math.round(count / took).toLocaleString('en-US').padStart(11)}/s  ${text}\n`);
}
process.stdout.write(`${Math.round(evaluations / seconds).toLocaleString('en-US').padStart(11)}/s  all, each for the same time\n`);
