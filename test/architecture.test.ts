import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** All source files below a folder. */
function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts') && statSync(path.join(ROOT, name)).isFile());
}

const files = [...sources('engine'), ...sources('designer')];
const known = new Set(files);

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

/** Imports between our own files, paths from the root. */
const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(path.join(ROOT, from), 'utf8');
  const statements = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"](\.[^'"]+)['"]/gms), ...text.matchAll(/^import\s+()['"](\.[^'"]+)['"]/gms), ...text.matchAll(/\bimport\(()['"](\.[^'"]+)['"]\)/g)];
  return statements.map((match) => ({ from, to: resolve(path.join(path.dirname(from), match[2]!)), typeOnly: match[1] !== undefined && match[1] !== '' }));
});

function resolve(target: string): string {
  return [target, `${target}.ts`, `${target}.tsx`, path.join(target, 'index.ts'), path.join(target, 'index.tsx')].find((each) => known.has(each)) ?? target;
}

const inside = (file: string, ...rooms: string[]): boolean => rooms.some((room) => file.startsWith(`${room}/`));

function violations(from: string[], forbidden: (file: string) => boolean): string[] {
  return imports.filter((each) => inside(each.from, ...from) && forbidden(each.to)).map((each) => `${each.from} -> ${each.to}`);
}

describe('imports point one way', () => {
  test('api, workers, projection, notifications and identity never reach into the broker', () => {
    expect(violations(['engine/api', 'engine/workers', 'engine/projection', 'engine/notifications', 'engine/identity'], (to) => inside(to, 'engine/broker', 'engine/gateway'))).toEqual([]);
  });

  test('the contract knows no other room', () => {
    expect(violations(['engine/contract'], (to) => !inside(to, 'engine/contract'))).toEqual([]);
  });

  test('the protocol knows the contract alone', () => {
    expect(violations(['engine/protocol'], (to) => !inside(to, 'engine/contract', 'engine/protocol'))).toEqual([]);
  });

  test('inside the broker: processing -> behaviors -> state, model, decisions', () => {
    expect(violations(['engine/broker/behaviors'], (to) => inside(to, 'engine/broker/processing', 'engine/broker/store', 'engine/gateway'))).toEqual([]);
    expect(violations(['engine/broker/state'], (to) => inside(to, 'engine/broker/behaviors', 'engine/broker/processing', 'engine/broker/store', 'engine/gateway'))).toEqual([]);
    expect(violations(['engine/broker/model', 'engine/broker/decisions'], (to) => inside(to, 'engine/broker/behaviors', 'engine/broker/processing', 'engine/broker/state', 'engine/broker/store'))).toEqual([]);
  });

  test('the broker never leaves its room but for contract and protocol, its store for the database', () => {
    expect(violations(['engine/broker'], (to) => !inside(to, 'engine/broker', 'engine/contract', 'engine/protocol', 'engine/database'))).toEqual([]);
    expect(violations(['engine/broker/behaviors', 'engine/broker/processing', 'engine/broker/state', 'engine/broker/model', 'engine/broker/decisions'], (to) => inside(to, 'engine/database'))).toEqual([]);
  });

  test('the designer takes the contract alone from the engine', () => {
    expect(violations(['designer'], (to) => inside(to, 'engine') && !inside(to, 'engine/contract'))).toEqual([]);
  });

  test('pages never import pages of another user', () => {
    const page = (file: string): string | undefined => /^designer\/pages\/([^/]+)\//.exec(file)?.[1];
    expect(imports.filter((each) => page(each.from) !== undefined && page(each.to) !== undefined && page(each.from) !== page(each.to)).map((each) => `${each.from} -> ${each.to}`)).toEqual([]);
  });

  test('designer/ui holds no domain: it imports only itself, i18n and the contract', () => {
    expect(violations(['designer/ui'], (to) => !inside(to, 'designer/ui', 'designer/i18n', 'engine/contract'))).toEqual([]);
  });
});

test('the pure core uses neither Node nor the browser', () => {
  const core = files.filter((file) => inside(file, 'engine/contract', 'engine/protocol', 'engine/broker/model', 'engine/broker/behaviors', 'engine/broker/processing', 'engine/broker/state', 'engine/broker/decisions'));
  const impure = core.filter((file) => /from ['"]node:|\bprocess\.(env|cwd|exit|nextTick)\b|\bwindow\.|\bdocument\.|\bBuffer\b/.test(readFileSync(path.join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
  expect(impure).toEqual([]);
});

test('there are no import cycles between rooms, and none between files', () => {
  const room = (file: string): string => file.split('/').slice(0, file.startsWith('engine/broker/') ? 3 : 2).join('/');
  expect(cycles(new Map(groupEdges(imports.filter((each) => room(each.from) !== room(each.to)), room)))).toEqual([]);
  expect(cycles(new Map(groupEdges(imports.filter((each) => !each.typeOnly), (file) => file)))).toEqual([]);
});

function groupEdges(edges: readonly Import[], nameOf: (file: string) => string): [string, Set<string>][] {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of edges) graph.set(nameOf(from), (graph.get(nameOf(from)) ?? new Set()).add(nameOf(to)));
  return [...graph];
}

/** Cycles of a graph, each as a path; found by depth-first search. */
function cycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, trail: string[]): void => {
    if (trail.includes(node)) {
      found.push([...trail.slice(trail.indexOf(node)), node].join(' -> '));
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}
