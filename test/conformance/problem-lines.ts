// What Zeebe's parser libraries say of a place, and what is no more than an exception of Zeebe's own code: told behind a bar, which is not compared.
const WORDING: readonly [RegExp, string][] = [
  [/(failed to parse expression '[\s\S]*?'): (?=Expected \(|.* \(line )/g, '$1 | '],
  [/(Invalid content was found starting with element '[^']*')\. (?=One of|No child)/g, '$1 | '],
  [/: (?=null$|Cannot invoke "|class \S+ cannot be cast|Collection expected)/g, ': internal | '],
  [/((?:Fatal )?Error: URI=null) Line=\d+(?=:)/g, '$1'],
  [/(Fatal Error: URI=null): /g, '$1 | '],
];

/** The problems of a refused deployment, one line each: `file: element: problem`. Their order is that of a hash table in Zeebe, so it is ours here. */
export function problemLines(message: string): string[] {
  const told = WORDING.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
  const lines: string[] = [];
  let file = '';
  let element = '';
  for (const line of told.split(/\n(?=\s*- |'|\S)/)) {
    const named = /^('[^']*'): ([\s\S]*)$/.exec(line);
    if (named !== null) file = `${named[1]}: `;
    const rest = (named?.[2] ?? line).trimEnd();
    const found = /^- Element: (.*)$/.exec(rest);
    const error = /^\s*- (?:ERROR|WARNING): ([\s\S]*)$/.exec(rest);
    if (found !== null) element = `${found[1]}: `;
    else if (error !== null) lines.push(`${file}${element}${(error[1] ?? '').trimEnd()}`);
    else if (rest.startsWith('[') && lines.length > 0) lines.push(`${lines.pop()} ${rest}`);
    else if (rest !== '' && !/Expected to deploy new resources/.test(rest)) lines.push(named === null ? rest : `${file}${rest}`);
  }
  return lines.sort();
}
