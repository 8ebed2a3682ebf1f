import { compileExpression, FeelSyntaxError } from '../../contract/feel/index.ts';
import type { Expression } from './executable-process.ts';

/** Reads `=expression` as FEEL and anything else as itself. `onError` gets one sentence when the FEEL does not parse. */
export function readExpression(text: string, onError: (message: string) => void): Expression {
  if (!text.startsWith('=')) return { kind: 'static', text };
  try {
    return { kind: 'feel', text, compiled: compileExpression(text.slice(1)) };
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    onError(`failed to parse expression '${text}': ${error.message}`);
    return { kind: 'static', text };
  }
}
