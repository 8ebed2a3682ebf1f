import { describe, expect, test } from 'vitest';
import { instantOf, isDatetime, renderText, serializeDatetime, topScope, wallClock, type Place } from '../../../engine/contract/forms/index.ts';

const NOW = Date.parse('2026-11-21T01:00:00Z');
const SHANGHAI = 'Asia/Shanghai';

describe('datetime values', () => {
  test('are written in the form\'s format', () => {
    expect(serializeDatetime('2026-11-21', '09:30', 'utc_offset', SHANGHAI, NOW)).toBe('2026-11-21T09:30+08:00');
    expect(serializeDatetime('2026-11-21', '09:30', 'utc_normalized', SHANGHAI, NOW)).toBe('2026-11-21T01:30Z');
    expect(serializeDatetime('2026-11-21', '09:30', 'no_timezone', SHANGHAI, NOW)).toBe('2026-11-21T09:30');
    expect(serializeDatetime(null, '09:30', 'utc_normalized', SHANGHAI, NOW)).toBe('01:30Z');
    expect(serializeDatetime('2026-11-21', null, 'utc_offset', SHANGHAI, NOW)).toBe('2026-11-21');
  });

  test('come back as wall clock in the zone', () => {
    expect(wallClock('2026-11-21T01:30Z', 'datetime', SHANGHAI, NOW)).toEqual({ date: '2026-11-21', time: '09:30' });
    expect(wallClock('2026-11-21T23:00:00+00:00[UTC]', 'datetime', SHANGHAI, NOW)).toEqual({ date: '2026-11-22', time: '07:00' });
    expect(wallClock('2026-11-21', 'datetime', SHANGHAI, NOW)).toEqual({ date: '2026-11-21', time: null });
  });

  test('a local time is read in the zone, across a change of summer time', () => {
    expect(instantOf('2026-03-29T03:30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'));
    expect(instantOf('2026-03-29T01:30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T00:30:00Z'));
  });

  test('impossible dates are none', () => {
    expect(isDatetime('2026-02-29', 'date')).toBe(false);
    expect(isDatetime('2028-02-29', 'date')).toBe(true);
    expect(isDatetime('24:00', 'time')).toBe(false);
  });
});

describe('renderText', () => {
  const place: Place = { values: { name: '<b>', list: [{ item: 'a' }, { item: 'b' }], on: true }, scope: { variables: {}, now: NOW, zone: SHANGHAI }, at: topScope({}) };

  test('fills templates, conditions and loops', () => {
    expect(renderText('{{name}}: {{#loop list}}{{item}};{{/loop}}{{#if on}}yes{{/if}}{{#if off}}no{{/if}}', place)).toBe('<b>: a;b;yes');
  });

  test('escapes what is inserted, not what the author wrote', () => {
    expect(renderText('<i>{{name}}</i>', place, { escape: (text) => text.replaceAll('<', '&lt;') })).toBe('<i>&lt;b></i>');
  });

  test('takes FEEL', () => {
    expect(renderText('="n: " + string(count(list))', place)).toBe('n: 2');
  });
});
