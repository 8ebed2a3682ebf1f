import { expect, test } from 'vitest';
import { Dice } from '../../engine/sample/dice.ts';
import { makeCustomers } from '../../engine/sample/customers.ts';
import { isResidentIdNumber } from '../../engine/workers/identity/id-number.ts';

test('the same names give the same throws, others give others', () => {
  const throws = (...parts: string[]): number[] => ((dice) => Array.from({ length: 5 }, () => dice.next()))(new Dice(...parts));

  expect(throws('seed', 'a')).toEqual(throws('seed', 'a'));
  expect(throws('seed', 'a')).not.toEqual(throws('seed', 'b'));
});

test('texts are built of blocks and values', () => {
  const texts = new Set(Array.from({ length: 60 }, (_, index) => new Dice('texts', index).write('[早上|晚上]到{site}[办理|咨询]', { site: '城东支行' })));

  expect([...texts].sort()).toEqual(['早上到城东支行办理', '早上到城东支行咨询', '晚上到城东支行办理', '晚上到城东支行咨询'].sort());
});

test('customers are marked as samples, and their numbers are of the right form but given to nobody', () => {
  const customers = makeCustomers('seed', 300);

  expect(new Set(customers.map((one) => one.no)).size).toBe(300);
  expect(customers.every((one) => one.name.startsWith('示例 · '))).toBe(true);
  expect(customers.filter((one) => one.idType === 'id_card').every((one) => isResidentIdNumber(one.idNo) && one.idNo.startsWith('99'))).toBe(true);
});
