import { describe, expect, test } from 'vitest';
import { StuckRows, STUCK_RETRY_MS } from '../../../engine/broker/processing/stuck-rows.ts';

const row = { table: 'timer', key: '1' };

describe('a due row whose command fails', () => {
  test('rests before it is tried again', () => {
    // given
    const stuck = new StuckRows();
    stuck.note(row, { ok: false, rejection: 'PROCESSING_ERROR', reason: 'broken' }, 0);

    // then
    expect(stuck.without([row], STUCK_RETRY_MS - 1)).toEqual([]);
    expect(stuck.without([row], STUCK_RETRY_MS)).toEqual([row]);
  });

  test('is forgotten once it succeeds, or is due no more', () => {
    // given
    const stuck = new StuckRows();
    stuck.note(row, { ok: false, rejection: 'PROCESSING_ERROR', reason: 'broken' }, 0);

    // when
    stuck.note(row, { ok: true, value: {} }, 1);
    expect(stuck.size).toBe(0);
    stuck.note(row, { ok: false, rejection: 'PROCESSING_ERROR', reason: 'broken' }, 2);
    stuck.without([], 3);

    // then
    expect(stuck.size).toBe(0);
  });
});
