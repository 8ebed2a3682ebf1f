import { expect, test } from 'vitest';
import { createFormat } from '../../designer/ui/format.tsx';

test('instants are shown in the institution\'s zone, 24 hours', () => {
  const format = createFormat('Asia/Shanghai');
  expect(format.dateTime('2026-09-28T09:30:00Z')).toBe('2026-09-28 17:30');
  expect(format.short('2026-09-27T16:00:00Z')).toBe('09-28 00:00');
  expect(format.dateTime('2026-09-28T17:30:00+08:00[Asia/Shanghai]')).toBe('2026-09-28 17:30');
  expect(format.dateTime('no date')).toBe('no date');
});

test('money and sizes', () => {
  const format = createFormat('Asia/Shanghai');
  expect(format.money(1234.5)).toBe('¥1,234.50');
  expect(format.bytes(19293798)).toBe('18.4 MB');
});
