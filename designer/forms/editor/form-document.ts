import { readForm, type FormSchema } from '../../../engine/contract/forms/index.ts';

/** A form as text that can be edited as objects: what is not touched keeps its bytes. */
export interface FormDocument {
  schema: FormSchema;
  /** The text of a schema made from `schema` by replacing objects: untouched ones are written exactly as they were read. */
  print: (schema: FormSchema) => string;
}

/**
 * Reads form-js JSON text. Throws a `SyntaxError` when it is no JSON and an `Error` when it is no form of a supported version.
 */
export function parseFormDocument(text: string): FormDocument {
  const reader = new Reader(text);
  const root = reader.document();
  const schema = readForm(root);
  const style = { unit: /\n([ \t]+)"/.exec(text)?.[1] ?? '  ', dense: !text.trim().includes('\n') && text.trim() !== '{}' };
  const tail = text.slice(reader.end);
  return { schema, print: (changed) => write(changed, '', style, reader.slices) + tail };
}

interface Style {
  unit: string;
  dense: boolean;
}

function write(value: unknown, indent: string, style: Style, slices: WeakMap<object, string>): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const kept = slices.get(value);
  if (kept !== undefined) return kept;
  const inner = indent + style.unit;
  const parts = Array.isArray(value)
    ? value.map((item) => write(item === undefined ? null : item, inner, style, slices))
    : Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]) => `${JSON.stringify(name)}:${style.dense ? '' : ' '}${write(member, inner, style, slices)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  return style.dense ? open + parts.join(',') + close : `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

/** A JSON reader that remembers where each object and list stood in the text. */
class Reader {
  readonly slices = new WeakMap<object, string>();
  end = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): unknown {
    const value = this.value();
    const tail = this.end;
    this.space();
    if (this.end < this.text.length) this.fail();
    this.end = tail;
    return value;
  }

  private value(): unknown {
    this.space();
    const start = this.end;
    const sign = this.text[start];
    if (sign === '{') return this.keep(start, this.object());
    if (sign === '[') return this.keep(start, this.list());
    if (sign === '"') return this.string();
    const literal = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(this.text.slice(start, start + 40))?.[0];
    if (literal === undefined) return this.fail();
    this.end += literal.length;
    return JSON.parse(literal) as unknown;
  }

  private keep<T extends object>(start: number, value: T): T {
    this.slices.set(value, this.text.slice(start, this.end));
    return value;
  }

  private object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.items('}', () => {
      this.space();
      const name = this.string();
      this.space();
      if (this.text[this.end] !== ':') this.fail();
      this.end += 1;
      Object.defineProperty(object, name, { value: this.value(), enumerable: true, configurable: true, writable: true });
    });
    return object;
  }

  private list(): unknown[] {
    const list: unknown[] = [];
    this.items(']', () => list.push(this.value()));
    return list;
  }

  private items(close: string, item: () => void): void {
    this.end += 1;
    this.space();
    if (this.text[this.end] === close) {
      this.end += 1;
      return;
    }
    for (;;) {
      item();
      this.space();
      const sign = this.text[this.end];
      this.end += 1;
      if (sign === close) return;
      if (sign !== ',') this.fail();
    }
  }

  private string(): string {
    const found = /"(?:[^"\\]|\\.)*"/y;
    found.lastIndex = this.end;
    const match = found.exec(this.text);
    if (!match) return this.fail();
    this.end += match[0].length;
    return JSON.parse(match[0]) as string;
  }

  private space(): void {
    while (/[\s\uFEFF]/.test(this.text[this.end] ?? '')) this.end += 1;
  }

  private fail(): never {
    const line = this.text.slice(0, this.end).split('\n').length;
    throw new SyntaxError(`expected JSON, but line ${line} is not`);
  }
}
