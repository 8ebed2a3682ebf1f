import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { ToldOnce } from '../../engine/told-once.ts';

test('the same trouble is logged once a minute, with how often it came meanwhile; another at once', () => {
  // given
  vi.useFakeTimers({ toFake: ['performance'] });
  const lines: { msg: string; timesSince?: number; err: { message: string } }[] = [];
  const told = new ToldOnce(pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) }));

  // when
  for (let at = 0; at < 5; at += 1) told.tell(new Error('No space left on device'), 'the broker has trouble');
  told.tell(new Error('connection cut'), 'the broker has trouble');
  vi.advanceTimersByTime(60_001);
  told.tell(new Error('No space left on device'), 'the broker has trouble');
  vi.useRealTimers();

  // then
  expect(lines.map(({ err, timesSince }) => [err.message, timesSince])).toEqual([['No space left on device', undefined], ['connection cut', undefined], ['No space left on device', 4]]);
});
