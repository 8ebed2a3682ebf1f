/** One expression per line of a `String.raw` text; blank lines are left out. */
export const lines = (text: TemplateStringsArray): string[] => String.raw(text).split('\n').map((line) => line.trim()).filter((line) => line !== '');
