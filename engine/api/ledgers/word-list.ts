import type { LedgerOption } from '../../contract/api.ts';

/** `value=中文=English` lines as options. */
export function words(text: string): readonly LedgerOption[] {
  return text.trim().split('\n').map((line) => {
    const [value = '', name = '', nameEn = ''] = line.trim().split('=');
    return { value, name, nameEn };
  });
}
