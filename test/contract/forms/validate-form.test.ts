import { describe, expect, test } from 'vitest';
import { computeExpressions, initialValues, validateForm, visibleFields, type FormComponent, type FormSchema, type FormScope } from '../../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';

const scope: FormScope = { variables: {}, now: Date.parse('2026-09-24T15:00:00+08:00'), zone: 'Asia/Shanghai' };

function form(...components: (Partial<FormComponent> & { type: string })[]): FormSchema {
  return { type: 'default', schemaVersion: 19, components: components.map((component, index) => ({ id: component.key ?? component.path ?? `c${index}`, ...component })) };
}

function rules(schema: FormSchema, values: JsonObject, within: FormScope = scope): Record<string, string[]> {
  return Object.fromEntries(Object.entries(validateForm(schema, values, within).errors).map(([id, problems]) => [id, problems.map((problem) => problem.rule)]));
}

describe('validateForm, what is sent', () => {
  test('hidden and disabled fields are dropped and not validated', () => {
    // given
    const schema = form(
      { type: 'radio', key: 'finding', values: [{ label: '属实', value: 'true' }, { label: '不属实', value: 'false' }] },
      { type: 'textarea', key: 'causeDetail', validate: { required: true }, conditional: { hide: '=not(finding != "false")' } },
      { type: 'textfield', key: 'locked', disabled: true, validate: { required: true } },
    );
    // when
    const result = validateForm(schema, { finding: 'false', causeDetail: 'kept from before', locked: 'x' }, scope);
    // then
    expect(result).toEqual({ data: { finding: 'false' }, errors: {} });
  });

  test('a hidden group drops its children and its own object', () => {
    const schema = form(
      { type: 'checkbox', key: 'more' },
      { type: 'group', path: 'detail', conditional: { hide: '=not(more)' }, components: [{ type: 'textfield', id: 't', key: 'text', validate: { required: true } }] },
    );
    expect(validateForm(schema, { more: false, detail: { text: 'x' } }, scope)).toEqual({ data: { more: false }, errors: {} });
    expect(validateForm(schema, { more: true, detail: { text: 'x' } }, scope).data).toEqual({ more: true, detail: { text: 'x' } });
  });

  test('only fields of the form come out, and a read-only field keeps its loaded value', () => {
    const schema = form({ type: 'textfield', key: 'phone', readonly: true }, { type: 'textfield', key: 'note' });
    const result = validateForm(schema, { phone: 'forged', note: 'n', outcome: 'smuggled', __proto__: { a: 1 } }, { ...scope, variables: { phone: '13800002046' } });
    expect(result.data).toEqual({ phone: '13800002046', note: 'n' });
  });

  test('numbers typed as text become numbers, and text where more digits are wanted', () => {
    const schema = form({ type: 'number', key: 'amount' }, { type: 'number', key: 'exact', serializeToString: true }, { type: 'number', key: 'long' });
    expect(validateForm(schema, { amount: '1,5', exact: '0.10', long: '12345678901234567.89' }, scope).data).toEqual({ amount: 1.5, exact: '0.10'.replace(/0$/, ''), long: '12345678901234567.89' });
  });

  test('expressions are computed before submitting, also those that feed each other', () => {
    const schema = form(
      { type: 'number', key: 'a' },
      { type: 'expression', key: 'double', expression: '=a * 2', computeOn: 'change' },
      { type: 'expression', key: 'total', expression: '=double + 1', computeOn: 'presubmit' },
    );
    expect(validateForm(schema, { a: 3, total: 999 }, scope).data).toEqual({ a: 3, double: 6, total: 7 });
    expect(computeExpressions(schema, { a: 3 }, scope, 'change')).toEqual({ a: 3, double: 6 });
  });

  test('expressions that chase each other stop', () => {
    const schema = form(
      { type: 'expression', key: 'a', expression: '=if b = null then 1 else b + 1', computeOn: 'change' },
      { type: 'expression', key: 'b', expression: '=if a = null then 1 else a + 1', computeOn: 'change' },
    );
    expect(typeof computeExpressions(schema, {}, scope, 'change').a).toBe('number');
  });
});

describe('validateForm, rules', () => {
  test('required fails on null, empty text, empty list and an unticked checkbox, and passes zero', () => {
    const required = { required: true };
    const schema = form(
      { type: 'textfield', key: 'text', validate: required }, { type: 'select', key: 'choice', validate: required, values: ['a'] },
      { type: 'taglist', key: 'tags', validate: required, values: ['a'] }, { type: 'checkbox', key: 'consent', validate: required }, { type: 'number', key: 'count', validate: required },
    );
    expect(rules(schema, { text: '', tags: [], consent: false, count: 0 })).toEqual({ text: ['required'], choice: ['required'], tags: ['required'], consent: ['required'] });
  });

  test('lengths count the trimmed text and only when there is one', () => {
    const schema = form({ type: 'textarea', key: 'text', validate: { minLength: 5, maxLength: 8 } });
    expect(rules(schema, { text: '' })).toEqual({});
    expect(rules(schema, { text: '  四个字呀  ' })).toEqual({ text: ['minLength'] });
    expect(rules(schema, { text: '一共有九个汉字在此' })).toEqual({ text: ['maxLength'] });
  });

  test('decimals are compared exactly', () => {
    const schema = form({ type: 'number', key: 'n', decimalDigits: 2, validate: { min: 0.3, max: '=limit' } });
    const within = { ...scope, variables: { limit: 10 } };
    expect(rules(schema, { n: '0.30' }, within)).toEqual({});
    expect(rules(schema, { n: 0.29 }, within)).toEqual({ n: ['min'] });
    expect(rules(schema, { n: '10.001' }, within)).toEqual({ n: ['decimalDigits', 'max'] });
    expect(rules(schema, { n: 'abc' }, within)).toEqual({ n: ['number'] });
  });

  test('a limit that is no number is an error of its own, and a missing one is no limit', () => {
    const schema = form({ type: 'number', key: 'n', validate: { max: '=limit' } });
    expect(rules(schema, { n: 5 }, { ...scope, variables: { limit: 'many' } })).toEqual({ n: ['limit'] });
    expect(rules(schema, { n: 5 })).toEqual({});
  });

  test('a step names the two nearest values', () => {
    const schema = form({ type: 'number', key: 'n', increment: 0.25 });
    expect(validateForm(schema, { n: '0.3' }, scope).errors.n).toEqual([{ rule: 'increment', params: { below: '0.25', above: '0.5' } }]);
    expect(rules(schema, { n: '0.75' })).toEqual({});
  });

  test('phone is international unless the mainland preset is chosen', () => {
    const schema = form({ type: 'textfield', key: 'abroad', validate: { validationType: 'phone' } }, { type: 'textfield', key: 'home', properties: { phoneCn: 'true' }, validate: { validationType: 'phone' } });
    expect(rules(schema, { abroad: '13800002046', home: '13800002046' })).toEqual({ abroad: ['phone'] });
    expect(rules(schema, { abroad: '+86 138 0000 2046', home: '0571-87654321' })).toEqual({});
    expect(rules(schema, { home: '12345' })).toEqual({ home: ['phone'] });
  });

  test('pattern is unanchored and carries the author\'s message', () => {
    const schema = form({ type: 'textfield', key: 'no', validate: { pattern: '^[0-9A-Z]{6,20}$', patternErrorMessage: '请填 6 至 20 位' } });
    expect(validateForm(schema, { no: 'abc' }, scope).errors.no).toEqual([{ rule: 'pattern', message: '请填 6 至 20 位' }]);
    expect(rules(schema, { no: 'C00012' })).toEqual({});
  });

  test('e-mail', () => {
    const schema = form({ type: 'textfield', key: 'mail', validate: { validationType: 'email' } });
    expect(rules(schema, { mail: 'a@b' })).toEqual({ mail: ['email'] });
    expect(rules(schema, { mail: 'li.si@example.com' })).toEqual({});
  });

  test('a date without time fails, and now is the latest moment where the form says so', () => {
    const schema = form({ type: 'datetime', key: 'at', subtype: 'datetime', properties: { maxDate: 'now' } });
    expect(rules(schema, { at: '2026-09-24' })).toEqual({ at: ['datetime'] });
    expect(rules(schema, { at: '2026-09-24T15:01+08:00' })).toEqual({ at: ['datetime'] });
    expect(rules(schema, { at: '2026-09-24T14:59+08:00' })).toEqual({});
    expect(rules(schema, { at: '2026-02-30T10:00Z' })).toEqual({ at: ['datetime'] });
  });

  test('today is the day in the institution\'s zone', () => {
    const schema = form({ type: 'datetime', key: 'by', subtype: 'date', properties: { minDate: 'today' } });
    const late = { ...scope, now: Date.parse('2026-09-24T23:30:00Z') };
    expect(rules(schema, { by: '2026-09-24' }, late)).toEqual({ by: ['datetime'] });
    expect(rules(schema, { by: '2026-09-25' }, late)).toEqual({});
  });

  test('a choice must be among its options, also behind the browser\'s back', () => {
    const schema = form({ type: 'radio', key: 'ok', values: [{ label: '是', value: true }, { label: '否', value: false }] }, { type: 'select', key: 'who', properties: { source: 'users' } });
    expect(rules(schema, { ok: 'true', who: 'anybody' })).toEqual({ ok: ['option'] });
    expect(rules(schema, { ok: true, who: 'anybody' }, { ...scope, sources: { users: [{ label: '示例 · 张敏', value: 'zhang' }] } })).toEqual({ who: ['option'] });
  });

  test('a rule over the form is an error when exactly false', () => {
    const schema = form({ type: 'number', key: 'days', properties: { rule: '=days <= asked', ruleMessage: '不能多于申请的天数' } });
    expect(validateForm(schema, { days: 9 }, { ...scope, variables: { asked: 5 } }).errors.days).toEqual([{ rule: 'custom', message: '不能多于申请的天数' }]);
    expect(rules(schema, { days: 9 })).toEqual({});
  });

  test('files are counted and checked by kind', () => {
    const schema = form({ type: 'filepicker', key: 'files', multiple: true, accept: '.pdf,image/*', validate: { required: true } });
    const file = (name: string, mediaType: string) => ({ id: `id-${name}`, name, size: 1, mediaType });
    expect(rules(schema, { files: [] })).toEqual({ files: ['required'] });
    expect(rules(schema, { files: [file('a.pdf', 'application/pdf'), file('b.png', 'image/png')] })).toEqual({});
    expect(rules(schema, { files: [file('c.exe', 'application/octet-stream')] })).toEqual({ files: ['file'] });
  });
});

describe('validateForm, lists', () => {
  const evidence = form({
    type: 'dynamiclist', path: 'evidence', properties: { minRows: '1' }, components: [
      { type: 'select', id: 'kind', key: 'kind', values: ['txn', 'other'], validate: { required: true } },
      { type: 'textfield', id: 'ref', key: 'ref', validate: { required: true }, conditional: { hide: '=this.kind = "other"' } },
    ],
  });

  test('errors of rows are keyed by id and index, conditions look at their own row', () => {
    const result = validateForm(evidence, { evidence: [{ kind: 'txn', ref: '' }, { kind: 'other', ref: 'dropped' }] }, scope);
    expect(result).toEqual({ data: { evidence: [{ kind: 'txn', ref: '' }, { kind: 'other' }] }, errors: { 'ref[0]': [{ rule: 'required' }] } });
  });

  test('too few rows is an error of the list', () => {
    expect(validateForm(evidence, { evidence: [] }, scope).errors).toEqual({ evidence: [{ rule: 'rows', params: { min: 1, count: 0 } }] });
  });

  test('rows of rows', () => {
    const nested = form({ type: 'dynamiclist', path: 'a', components: [{ type: 'dynamiclist', id: 'b', path: 'b', components: [{ type: 'number', id: 'n', key: 'n', properties: { rule: '=this.n > parent.least and i[1] = 1' } }, { type: 'number', id: 'x', key: 'x' }] }, { type: 'number', id: 'least', key: 'least' }] });
    const result = validateForm(nested, { a: [{ least: 3, b: [{ n: 5, x: 1 }, { n: 2, x: 1 }] }] }, scope);
    expect(Object.keys(result.errors)).toEqual(['n[0][1]']);
    expect(result.data).toEqual({ a: [{ b: [{ n: 5, x: 1 }, { n: 2, x: 1 }], least: 3 }] });
  });
});

describe('initialValues', () => {
  test('takes the variable, else the default, else the empty value of the type', () => {
    const schema = form(
      { type: 'textfield', key: 'a.b' }, { type: 'number', key: 'n', defaultValue: 1 }, { type: 'checklist', key: 'c', values: ['x'] },
      { type: 'select', key: 'gone', values: ['x'] }, { type: 'textfield', key: 'wrong' }, { type: 'dynamiclist', path: 'rows', defaultRepetitions: 2, components: [{ type: 'textfield', id: 'r', key: 'r', defaultValue: 'new' }] },
    );
    expect(initialValues(schema, { a: { b: 'deep' }, gone: 'removed', wrong: { not: 'text' }, other: 'context only' })).toEqual({
      a: { b: 'deep' }, n: 1, c: [], gone: null, wrong: '', rows: [{ r: 'new' }, { r: 'new' }],
    });
  });
});

describe('visibleFields', () => {
  test('only exactly true hides: a condition over something missing shows the field', () => {
    const schema = form({ type: 'textfield', key: 'a', conditional: { hide: '=missing > 3' } }, { type: 'textfield', key: 'b', conditional: { hide: '=1 = 1' } }, { type: 'textfield', key: 'c', conditional: { hide: '=((' } });
    expect([...visibleFields(schema, {}, scope)]).toEqual(['a', 'c']);
  });
});
