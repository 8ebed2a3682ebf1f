import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFormDocument } from '../../../designer/forms/editor/form-document.ts';
import { listComponents } from '../../../designer/forms/editor/operations.ts';
import { feelProblem, initialValues, validateForm } from '../../../engine/contract/forms/index.ts';

const root = join(import.meta.dirname, '../../../forms');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.form'));
const scope = { variables: {}, now: Date.parse('2026-09-24T15:00:00+08:00'), zone: 'Asia/Shanghai' };

describe.each(files)('%s', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  const { schema, print } = parseFormDocument(text);

  test('is written byte by byte as it was read', () => {
    expect(print(schema)).toBe(text);
  });

  test('opens empty, and an empty submit names every required field and nothing unknown', () => {
    // when
    const { errors } = validateForm(schema, initialValues(schema, {}), scope);
    // then
    const ids = new Set(listComponents(schema).map(({ component }) => component.id));
    expect(Object.keys(errors).filter((id) => !ids.has(id.replace(/\[\d+\]/g, '')))).toEqual([]);
    expect(Object.values(errors).flat().filter((problem) => problem.rule === 'limit')).toEqual([]);
  });

  test('holds FEEL that can be read', () => {
    const texts = listComponents(schema).flatMap(({ component }) => [component.conditional?.hide, component.properties?.rule, component.valuesExpression, component.expression].filter((feel): feel is string => typeof feel === 'string'));
    expect(texts.map((feel) => feelProblem(feel)).filter((problem) => problem !== null)).toEqual([]);
  });
});

test('there are shipped forms', () => {
  expect(files.length).toBeGreaterThan(0);
});
