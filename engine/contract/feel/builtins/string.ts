import { toInteger } from '../decimal.ts';
import type { FeelNumber } from '../decimal.ts';
import { FeelFailure } from '../evaluation.ts';
import type { Run } from '../evaluation.ts';
import { printValue } from '../text.ts';
import type { FeelValue } from '../value.ts';
import { expandReplacement, javaRegex } from './regex.ts';
import { builtin, failed } from './registry.ts';

export const stringBuiltins = [
  builtin('substring', 'string: string, start position: number, length: number?', '截取子串（位置从 1 开始，负数从末尾数）', 'Part of a string; positions start at 1, negative ones count from the end', substring),
  builtin('string length', 'string: string', '文本长度（UTF-16 单元）', 'Length in UTF-16 units', (_: Run, text: string) => text.length),
  builtin('upper case', 'string: string', '转换为大写', 'In upper case', (_: Run, text: string) => text.toUpperCase()),
  builtin('lower case', 'string: string', '转换为小写', 'In lower case', (_: Run, text: string) => text.toLowerCase()),
  builtin('substring before', 'string: string, match: string', '首次匹配之前的部分；没有匹配时为空文本', 'The part before the first match; empty when there is none', (_: Run, text: string, match: string) => {
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(0, at);
  }),
  builtin('substring after', 'string: string, match: string', '首次匹配之后的部分；没有匹配时为空文本', 'The part after the first match; empty when there is none', (_: Run, text: string, match: string) => {
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(at + match.length);
  }),
  builtin('contains', 'string: string, match: string', '是否包含', 'Whether it contains the other string', (_: Run, text: string, match: string) => text.includes(match)),
  builtin('starts with', 'string: string, match: string', '是否以其开头', 'Whether it starts with the other string', (_: Run, text: string, match: string) => text.startsWith(match)),
  builtin('ends with', 'string: string, match: string', '是否以其结尾', 'Whether it ends with the other string', (_: Run, text: string, match: string) => text.endsWith(match)),
  builtin('matches', 'input: string, pattern: string, flags: string?', '是否匹配正则表达式', 'Whether a regular expression is found in it', (run: Run, text: string, pattern: string, flags = '') =>
    withPattern(run, 'matches', pattern, flags, (regex) => text.search(regex) >= 0)),
  builtin('replace', 'input: string, pattern: string, replacement: string, flags: string?', '按正则表达式替换', 'Replaces every match of a regular expression', replace),
  builtin('split', 'string: string, delimiter: string', '按正则表达式拆分为列表', 'Splits at every match of a regular expression', (run: Run, text: string, delimiter: string) =>
    withPattern(run, 'split', delimiter, '', (regex) => split(text, regex))),
  builtin('extract', 'string: string, pattern: string', '取出所有匹配', 'All matches of a regular expression', (run: Run, text: string, pattern: string) =>
    withPattern(run, 'extract', pattern, '', (regex) => text.match(regex) ?? [])),
  builtin('string join', 'list: list, delimiter: string|null?, prefix: string|null?, suffix: string|null?', '连接文本列表（忽略 null）', 'Joins a list of strings, nulls left out', join),
];

function substring(_: Run, text: string, start: FeelNumber, length?: FeelNumber): string {
  const position = toInteger(start);
  const from = position > 0 ? position - 1 : text.length + position;
  const until = length === undefined ? text.length : Math.min(text.length, from + toInteger(length));
  // Zeebe 8.5 fails here rather than giving null
  if (from < 0 || from > until) throw new FeelFailure(`Range [${from}, ${until}) out of bounds for length ${text.length}`, 'java.lang.StringIndexOutOfBoundsException');
  return text.slice(from, until);
}

function replace(run: Run, text: string, pattern: string, replacement: string, flags = ''): FeelValue {
  return withPattern(run, 'replace', pattern, flags, (regex) => {
    let valid = true;
    const result = text.replace(regex, (...found: unknown[]) => {
      // after the groups come the offset, the text and, with named groups, an object
      const offset = found.findIndex((each, index) => index > 0 && typeof each === 'number');
      const named = found[offset + 2] as Record<string, string | undefined> | undefined;
      const expanded = expandReplacement(replacement, found.slice(0, offset) as (string | undefined)[], named);
      if (expanded === null) valid = false;
      return expanded ?? '';
    });
    return valid ? result : failed(run, 'replace', `Invalid pattern '${pattern}'`);
  });
}

// as Java splits: no empty part before a match of no length at the start, all empty parts at the end kept
function split(text: string, regex: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(regex)) {
    if (match[0] === '' && match.index === 0) continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

function join(run: Run, list: FeelValue[], delimiter: string | null = '', prefix: string | null = '', suffix: string | null = ''): FeelValue {
  const parts = list.filter((item) => item !== null);
  const wrong = parts.find((item) => typeof item !== 'string');
  if (wrong !== undefined) return failed(run, 'string join', `expected a list of strings but found 'List(${list.map(printValue).join(', ')})'`);
  return (prefix ?? '') + parts.join(delimiter ?? '') + (suffix ?? '');
}

function withPattern(run: Run, name: string, pattern: string, flags: string, use: (regex: RegExp) => FeelValue): FeelValue {
  const regex = javaRegex(pattern, flags);
  return regex === null ? failed(run, name, `Invalid pattern ${name === 'split' ? 'for delimiter ' : ''}'${pattern}'`) : use(regex);
}
