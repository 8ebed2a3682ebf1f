import { expect, test } from 'vitest';
import { shippedTemplates, stageNames } from '../../engine/notifications/shipped-templates.ts';

test('Chinese letters are written with full-width punctuation', () => {
  const halfWidth = shippedTemplates.filter((one) => /[\u4e00-\u9fff}][,;:?!]|[,;?!][\u4e00-\u9fff]/.test(`${one.subjectZh}\n${one.bodyZh}`.replaceAll(/\{\{\w+\}\}/g, '值')));

  expect(halfWidth).toEqual([]);
});

test('stages have a name in both languages', () => {
  expect(Object.entries(stageNames).filter(([, { zh, en }]) => zh === '' || en === '' || /[\u4e00-\u9fff]/.test(en))).toEqual([]);
});
