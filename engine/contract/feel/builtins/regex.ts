const compiled = new Map<string, RegExp | null>();
const keptPatterns = 500;

/**
 * A pattern of Java's regular expressions as a global JS one; null when it is invalid.
 * Flags (others are ignored): `i` any case, `s` the dot takes line ends, `m` line by line, `x` blanks and comments in the pattern do not count.
 */
export function javaRegex(pattern: string, flags: string): RegExp | null {
  const key = `${flags}/${pattern}`;
  let regex = compiled.get(key);
  if (regex === undefined) {
    regex = build(pattern, flags);
    if (compiled.size >= keptPatterns) compiled.clear();
    compiled.set(key, regex);
  }
  if (regex !== null) regex.lastIndex = 0;
  return regex;
}

function build(pattern: string, flags: string): RegExp | null {
  const source = translate(flags.includes('x') ? withoutBlanks(pattern) : pattern);
  const wanted = `g${flags.replace(/[^ism]/g, '').replace(/(.)(?=.*\1)/g, '')}`;
  // with the u flag Java's \p{L} works, but needless escapes such as \- do not
  for (const unicode of ['u', '']) {
    try {
      return new RegExp(source, wanted + unicode);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return null;
}

const classes: Record<string, string> = { Alpha: 'A-Za-z', Digit: '0-9', Alnum: 'A-Za-z0-9', Upper: 'A-Z', Lower: 'a-z', Punct: '!-\\/:-@\\[-`{-~', Space: '\\s' };

// Java's POSIX classes, \p{IsHan}-like scripts, \A and \z; the rest of the two languages agrees
function translate(pattern: string): string {
  return pattern.replace(/\\(?:\\|A|z|Z|p\{(\w+)\})/g, (whole, name: string | undefined, offset: number) => {
    if (whole === '\\A') return '^';
    if (whole === '\\z' || whole === '\\Z') return '$';
    if (name === undefined) return whole;
    const known = classes[name];
    if (known !== undefined) return insideClass(pattern, offset) ? known : `[${known}]`;
    return /^Is[A-Z]\w+$/.test(name) ? `\\p{Script=${name.slice(2)}}` : whole;
  });
}

function insideClass(pattern: string, offset: number): boolean {
  const before = pattern.slice(0, offset).replace(/\\[\s\S]/g, '');
  return before.lastIndexOf('[') > before.lastIndexOf(']');
}

function withoutBlanks(pattern: string): string {
  return pattern.replace(/\\[\s\S]|\s+|#[^\n]*/g, (part) => (part.startsWith('\\') ? part : ''));
}

/** Java's replacement text: `$1` and `${name}` are groups (as many digits as there are groups), `\$` a dollar. Null when there is no such group. */
export function expandReplacement(replacement: string, groups: (string | undefined)[], named: Record<string, string | undefined> = {}): string | null {
  let valid = true;
  const text = replacement.replace(/\\([\s\S])|\$\{(\w+)\}|\$(\d*)/g, (_, escaped: string | undefined, name: string | undefined, number: string) => {
    if (escaped !== undefined) return escaped;
    if (name !== undefined) {
      if (!Object.hasOwn(named, name)) valid = false;
      return named[name] ?? '';
    }
    let length = number.length;
    while (length > 1 && Number(number.slice(0, length)) >= groups.length) length -= 1;
    const group = Number(number.slice(0, length));
    if (number === '' || group >= groups.length) valid = false;
    return (groups[group] ?? '') + number.slice(length);
  });
  return valid ? text : null;
}
