/** A condition one can put together without writing: a field, equal or not, a value. */
export interface SimpleCondition {
  field: string;
  operator: '=' | '!=';
  /** FEEL text of the value: `"yes"`, `true`, `3`. */
  value: string;
}

/** "Visible when" (without `=`) out of `conditional.hide`; empty when always visible. */
export function visibleWhen(hide: string | undefined): string {
  if (!hide) return '';
  const text = hide.replace(/^=/, '').trim();
  return insideNot(text) ?? `not(${text})`;
}

/** `conditional.hide` for "visible when"; undefined when always visible. */
export function hideUnless(visible: string): string | undefined {
  const text = visible.trim();
  if (text === '') return undefined;
  const inside = insideNot(text);
  return inside === null ? `=not(${text})` : `=${inside}`;
}

/** The argument when the whole text is one `not(…)`. */
function insideNot(text: string): string | null {
  if (!text.startsWith('not(') || !text.endsWith(')')) return null;
  const body = text.slice(4, -1);
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at];
    if (sign === '"' && body[at - 1] !== '\\') quoted = !quoted;
    if (quoted) continue;
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth < 0 || (sign === ',' && depth === 0)) return null;
  }
  return body.trim();
}

export function readSimple(visible: string): SimpleCondition | null {
  const match = /^([A-Za-z_]\w*(?:\.\w+)*)\s*(=|!=)\s*("(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)$/.exec(visible.trim());
  return match ? { field: match[1] as string, operator: match[2] as '=' | '!=', value: match[3] as string } : null;
}

export function writeSimple({ field, operator, value }: SimpleCondition): string {
  return `${field} ${operator} ${value}`;
}
