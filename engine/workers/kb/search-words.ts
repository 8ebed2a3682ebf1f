/** Weight a part of an article has for the search: title and keywords `A`, summary `B`, body `D`. */
type Weight = 'A' | 'B' | 'D';

/** Positions PostgreSQL keeps of a word's occurrences. */
const MAX_POSITION = 16_383;

/**
 * Words a text is found by: pairs of neighboring Chinese characters (Chinese writes no spaces, and PostgreSQL brings no Chinese
 * parser), and Latin words and numbers in lower case.
 */
export function searchWords(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(/[\u4e00-\u9fff]+|[a-z0-9]+/g)) {
    if (/[a-z0-9]/.test(run)) found.push(run);
    else if (run.length === 1) found.push(run);
    else for (let at = 0; at + 2 <= run.length; at += 1) found.push(run.slice(at, at + 2));
  }
  return found;
}

/** The parts of an article as a `tsvector` literal; words hold letters, digits and Chinese characters alone, so nothing needs escaping. */
export function vectorOf(parts: readonly (readonly [text: string, weight: Weight])[]): string {
  const places = new Map<string, string[]>();
  let position = 0;
  for (const [text, weight] of parts) {
    for (const word of searchWords(text)) {
      position = Math.min(position + 1, MAX_POSITION);
      const known = places.get(word) ?? [];
      if (known.length < 200) known.push(`${position}${weight}`);
      places.set(word, known);
    }
  }
  return [...places].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ');
}

/** A `tsquery` that any of the text's words satisfies; null when the text has none. */
export function queryOf(text: string): string | null {
  const words = [...new Set(searchWords(text))].filter((word) => !common.has(word)).slice(0, 200);
  return words.length === 0 ? null : words.map((word) => `'${word}'`).join(' | ');
}

/** Pairs every question has; they say nothing about its subject. */
const common = new Set(['请问', '怎么', '么办', '如何', '什么', '么时', '时候', '可以', '以吗', '是否', '需要', '我的', '我想', '想问', '问一', '一下', '你好', '您好', '为什', '多久', '多少', '哪些', '有没', '没有', '能不', '不能', '的话', 'the', 'a', 'is', 'how', 'what', 'to', 'i', 'my', 'do']);
