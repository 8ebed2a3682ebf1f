import type { ApiError, FieldProblem } from '../../engine/contract/api.ts';

/** Client-side failures beside the codes of `errors.ts`: no connection, no answer in time. Translated as `errors.<code>` too. */
export type ClientErrorCode = 'offline' | 'timeout';

/** A request that did not succeed. `code` is translated as `errors.<code>`; the rest is for the fold-out detail. */
export class ApiFailure extends Error {
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly params: Record<string, string | number>;
  readonly fields: Record<string, FieldProblem[]>;
  /** `GET /api/tasks 504 · 2026-09-24T15:10:22+08:00`. */
  readonly where: string;

  constructor(error: ApiError, status: number, where: string, options?: ErrorOptions) {
    super(error.message, options);
    this.name = 'ApiFailure';
    this.code = error.code;
    this.status = status;
    this.params = error.params ?? {};
    this.fields = error.fields ?? {};
    this.where = where;
  }
}

/** Longest a page waits for an answer. */
const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 120_000;

let csrfToken = '';
let signedOut: () => void = () => {};

/** Hands over the session's token, sent with every request but GET. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when the server no longer knows the session. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  form?: FormData;
  signal?: AbortSignal;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) }),
  post: <T>(path: string, body: unknown = {}) => request<T>('POST', path, { body }),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, { body }),
  delete: <T>(path: string) => request<T>('DELETE', path, {}),
  upload: <T>(path: string, form: FormData, query?: Query) => request<T>('POST', path, { form, ...(query ? { query } : {}) }),
};

/** The address of an API path with its query; empty values are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) search.set(name, String(value));
  }
  const text = search.toString();
  return `/api${path}${text ? `?${text}` : ''}`;
}

/** Fetches a file and hands it to the browser to save, under the name the server gives it. Throws ApiFailure as any request. */
export async function saveFile(path: string, query: Query = {}): Promise<void> {
  const url = apiUrl(path, query);
  const response = await send(`GET ${url}`, url, { headers: { accept: '*/*' }, credentials: 'same-origin', signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS) });
  if (!response.ok) throw await failure(response, `GET ${url}`);
  const disposition = response.headers.get('content-disposition') ?? '';
  const name = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1] ?? /filename="([^"]+)"/.exec(disposition)?.[1] ?? 'file';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = decodeURIComponent(name);
  link.click();
  URL.revokeObjectURL(link.href);
}

async function request<T>(method: string, path: string, { query, body, form, signal }: RequestOptions): Promise<T> {
  const url = apiUrl(path, query);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const timeout = AbortSignal.timeout(form ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS);
  const response = await send(`${method} ${url}`, url, {
    method,
    headers,
    credentials: 'same-origin',
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(form ? { body: form } : body !== undefined ? { body: JSON.stringify(body) } : {}),
  }, signal);
  if (!response.ok) throw await failure(response, `${method} ${url}`);
  if (response.status === 204) return undefined as T;
  const type = response.headers.get('content-type') ?? '';
  return (type.includes('json') ? await response.json() : await response.text()) as T;
}

async function send(what: string, url: string, init: RequestInit, own?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (own?.aborted) throw cause;
    const late = cause instanceof DOMException && cause.name === 'TimeoutError';
    const code: ClientErrorCode = late ? 'timeout' : 'offline';
    const message = late ? `no answer within ${TIMEOUT_MS / 1000} s` : 'the server could not be reached';
    throw new ApiFailure({ code, message }, 0, `${what} · ${new Date().toISOString()}`, { cause });
  }
}

async function failure(response: Response, what: string): Promise<ApiFailure> {
  const where = `${what} ${response.status} · ${new Date().toISOString()}`;
  const text = await response.text();
  const error = readError(text) ?? { code: codeOfStatus(response.status), message: text.slice(0, 500) || response.statusText };
  if (error.code === 'not_signed_in') signedOut();
  return new ApiFailure(error, response.status, where);
}

function readError(text: string): ApiError | null {
  try {
    const parsed = JSON.parse(text) as Partial<ApiError>;
    return typeof parsed.code === 'string' ? { message: '', ...parsed, code: parsed.code } : null;
  } catch {
    // A proxy in between answers in HTML or plain text; its status still says what happened.
    return null;
  }
}

function codeOfStatus(status: number): string {
  if (status === 401) return 'not_signed_in';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 502 || status === 503 || status === 504) return 'engine_unavailable';
  return 'internal';
}
