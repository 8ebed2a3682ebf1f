declare module 'saxen' {
  /** Streaming XML parser; synchronous. */
  export class Parser {
    on(event: 'error', listener: (error: Error, context: () => { line: number; column: number }) => void): this;
    on(event: 'openTag', listener: (name: string, attributes: () => Record<string, string>, decode: (text: string) => string, selfClosing: boolean) => void): this;
    on(event: 'closeTag', listener: (name: string) => void): this;
    on(event: 'text', listener: (text: string, decode: (text: string) => string) => void): this;
    on(event: 'cdata', listener: (text: string) => void): this;
    parse(xml: string): this;
  }
}
