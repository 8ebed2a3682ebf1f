import { expect, test } from 'vitest';
import { readSampleOrder } from '../../engine/sample/arguments.ts';

test('without arguments no sample is asked for', () => {
  expect(readSampleOrder([])).toBeNull();
});

test('a sample has a seed and a size of its own unless they are given', () => {
  expect(readSampleOrder(['--sample'])).toEqual({ seed: 'guicheng', cases: 1200 });
  expect(readSampleOrder(['--sample', '--seed', '7', '--cases=200'])).toEqual({ seed: '7', cases: 200 });
});

test.each([[['--sample', '--cases', 'many']], [['--sample', '--cases', '0']], [['--cases', '10']], [['--other']]])('%j is refused with a sentence in both languages', (args) => {
  expect(() => readSampleOrder(args)).toThrow(/。 \/ .+\.$/);
});
