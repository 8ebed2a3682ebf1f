// Medians, spreads and ratios of a run, as text.
import os from 'node:os';

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** By scenario and figure: each engine's median, minimum and maximum, and the ratios round by round. */
export function gather(results) {
  const rows = new Map();
  for (const { round, scenario, engine, figures } of results) {
    for (const [figure, value] of Object.entries(figures)) {
      if (value === null) continue;
      const row = rows.get(`${scenario}: ${figure}`) ?? { name: `${scenario}: ${figure}`, engines: {} };
      (row.engines[engine] ??= new Map()).set(round, value);
      rows.set(row.name, row);
    }
  }
  return [...rows.values()].map(({ name, engines }) => {
    const row = { name };
    for (const [engine, values] of Object.entries(engines)) row[engine] = spread([...values.values()]);
    if (engines.guicheng && engines.zeebe) row.ratio = spread([...engines.guicheng].filter(([round]) => engines.zeebe.has(round)).map(([round, value]) => value / engines.zeebe.get(round)));
    return row;
  });
}

function spread(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** The figures as a table: median (minimum to maximum) of each engine, and Guicheng to Zeebe. */
export function table(summary, single) {
  const show = (value) => (value === undefined ? '' : `${figure(value.median)} (${figure(value.min)}–${figure(value.max)})`);
  const rows = [['', 'guicheng', 'zeebe', 'guicheng : zeebe'], ...summary.map((row) => [row.name, show(row.guicheng), show(row.zeebe), show(row.ratio)])];
  for (const name of Object.keys(Object.values(single)[0] ?? {})) rows.push([name, figure(single.guicheng?.[name]), figure(single.zeebe?.[name]), figure(single.guicheng?.[name] / single.zeebe?.[name])]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')).join('\n');
}

function figure(value) {
  if (value === undefined || Number.isNaN(value)) return '';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** What it was measured on. */
export function machineFacts() {
  const cpus = os.cpus();
  return `${cpus.length} × ${cpus[0]?.model ?? 'unknown'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ${os.type()} ${os.release()}, Node ${process.version}`;
}
