/** Options a new choice starts with; the author replaces them. */
export function sampleValues(): { label: string; value: string }[] {
  return [{ label: '选项 1', value: 'option_1' }, { label: '选项 2', value: 'option_2' }];
}
