import type { ServerResponse } from 'node:http';

/** A refusal as RFC 9457 has it. `title` is the rejection of the command, or the words of the HTTP status. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, title: string, detail = '', headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.title = title;
    this.headers = headers;
  }
}

/** Answers with a problem; `instance` is the path that was asked for. */
export function sendProblem(response: ServerResponse, { status, title, message, headers }: Problem, instance: string): void {
  const body = JSON.stringify({ type: 'about:blank', title, status, ...(message === '' ? {} : { detail: message }), instance });
  response.writeHead(status, { 'content-type': 'application/problem+json', 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

export const unreadable = (): Problem => new Problem(400, 'Bad Request', 'Failed to read HTTP message');
