/** Catalogue of the product's error codes: HTTP status per code. The designer translates `errors.<code>`; the gateway maps rejections itself. */
export const errorStatus = {
  bad_request: 400,
  not_signed_in: 401,
  sign_in_failed: 401,
  forbidden: 403,
  csrf: 403,
  recused: 403,
  not_on_duty: 403,
  code_wrong: 403,
  not_found: 404,
  draft_conflict: 409,
  already_claimed: 409,
  task_gone: 409,
  instance_gone: 409,
  incident_gone: 409,
  exists: 409,
  targets_changed: 409,
  recompute_changed: 409,
  recompute_running: 409,
  link_expired: 410,
  link_used: 410,
  link_closed: 410,
  file_too_large: 413,
  export_too_large: 413,
  file_type: 415,
  form_invalid: 422,
  not_deployable: 422,
  variable_invalid: 422,
  calendar_invalid: 422,
  calls_invalid: 422,
  entry_invalid: 422,
  too_many: 429,
  internal: 500,
  engine_unavailable: 503,
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** An expected failure of the API: code, one sentence, values for the translation. */
export class ProductError extends Error {
  readonly code: ErrorCode;
  readonly params: Record<string, string | number>;

  constructor(code: ErrorCode, message: string, params: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProductError';
    this.code = code;
    this.params = params;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}
