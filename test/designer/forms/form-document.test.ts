import { describe, expect, test } from 'vitest';
import { parseFormDocument } from '../../../designer/forms/editor/form-document.ts';
import { createComponent, duplicateComponent, findComponent, insertComponent, listComponents, moveComponent, nudgeComponent, removeComponent, shareRow, updateComponent } from '../../../designer/forms/editor/operations.ts';

const text = `{
  "type": "default",
  "schemaVersion": 16,
  "components": [
    { "type": "textfield", "id": "a", "key": "a", "validate": {"required":true,  "maxLength": 1.0e1} , "unknownMember": [1,2 ,3] },
    {
      "type": "iframe", "id": "strange",
      "url": "https://example.com/\\u4e2d"
    },
    { "type": "dynamiclist", "id": "list", "path": "rows", "components": [
        { "type": "number", "id": "n", "key": "n", "layout": { "row": "R", "columns": 8 } },
        { "type": "number", "id": "m", "key": "m", "layout": { "row": "R", "columns": 8 } }
    ] }
  ]
}
`;
const strange = text.slice(text.indexOf('{\n      "type": "iframe"'), text.indexOf('},\n    { "type": "dynamiclist"') + 1);

describe('parseFormDocument', () => {
  test('an untouched form is written byte by byte as it was read', () => {
    const { schema, print } = parseFormDocument(text);
    expect(print(schema)).toBe(text);
  });

  test('untouched components keep their bytes when others change, move or go', () => {
    // given
    const { schema, print } = parseFormDocument(text);
    // when
    const changed = moveComponent(updateComponent(removeComponent(schema, 'm'), 'a', (component) => ({ ...component, label: '新' })), 'strange', { parent: null, index: 0 });
    // then
    const printed = print(changed);
    expect(printed).toContain(strange);
    expect(printed).toContain('{ "type": "number", "id": "n", "key": "n", "layout": { "row": "R", "columns": 8 } }');
    expect(printed).toContain('"unknownMember": [1,2 ,3]');
    expect(printed.endsWith('}\n')).toBe(true);
    expect(JSON.parse(printed)).toEqual(changed);
  });

  test('a form on one line stays on one line', () => {
    const dense = '{"type":"default","components":[{"type":"separator","id":"s"}]}';
    const { schema, print } = parseFormDocument(dense);
    expect(print(updateComponent(schema, 's', (component) => ({ ...component, label: 'x' })))).toBe('{"type":"default","components":[{"type":"separator","id":"s","label":"x"}]}');
  });

  test('names the line where the text is no JSON', () => {
    expect(() => parseFormDocument('{\n  "components": [\n}')).toThrow('line 3');
    expect(() => parseFormDocument('{"components": []} x')).toThrow(SyntaxError);
  });

  test('refuses a form newer than supported', () => {
    expect(() => parseFormDocument('{"schemaVersion": 20, "components": []}')).toThrow('schemaVersion 19 or lower');
  });
});

describe('operations', () => {
  const { schema } = parseFormDocument(text);
  const order = (changed: typeof schema) => listComponents(changed).map(({ component }) => component.id);

  test('a component moves in front of another, also into and out of a container', () => {
    expect(order(moveComponent(schema, 'a', { parent: null, index: 3 }))).toEqual(['strange', 'list', 'n', 'm', 'a']);
    expect(order(moveComponent(schema, 'a', { parent: 'list', index: 1 }))).toEqual(['strange', 'list', 'n', 'a', 'm']);
    expect(order(moveComponent(schema, 'm', { parent: null, index: 0 }))).toEqual(['m', 'a', 'strange', 'list', 'n']);
  });

  test('a container does not move into itself', () => {
    expect(moveComponent(schema, 'list', { parent: 'list', index: 0 })).toBe(schema);
  });

  test('who leaves a shared row gets one of its own', () => {
    const moved = findComponent(moveComponent(schema, 'm', { parent: null, index: 0 }), 'm');
    expect(moved?.component.layout?.row).not.toBe('R');
    expect(moved?.component.layout?.columns).toBeNull();
  });

  test('one step up and down stops at the ends', () => {
    expect(order(nudgeComponent(schema, 'm', -1))).toEqual(['a', 'strange', 'list', 'm', 'n']);
    expect(nudgeComponent(schema, 'a', -1)).toBe(schema);
  });

  test('a new component and a copy have ids and keys nobody else has', () => {
    const fresh = insertComponent(schema, createComponent(schema, 'textfield', '单行文本', {}, true), { parent: null, index: 0 });
    const copied = duplicateComponent(duplicateComponent(fresh, 'a').schema, 'list').schema;
    const ids = order(copied);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = copied.components.map((component) => component.key ?? component.path).filter(Boolean);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('sharing a row puts a component beside the one before it', () => {
    const shared = shareRow(schema, 'strange', true);
    expect(findComponent(shared, 'strange')?.component.layout?.row).toBe(findComponent(shared, 'a')?.component.layout?.row);
    const alone = shareRow(shared, 'strange', false);
    expect(findComponent(alone, 'strange')?.component.layout?.row).not.toBe(findComponent(alone, 'a')?.component.layout?.row);
  });
});
