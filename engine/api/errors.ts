import { status } from '@grpc/grpc-js';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { errorStatus, ProductError, type ErrorCode } from '../contract/errors.ts';
import type { ApiError, FieldProblem } from '../contract/api.ts';
import { GatewayError } from './gateway-client.ts';

/** A form whose values break its rules; `fields` by component id. */
export class FormInvalidError extends ProductError {
  readonly fields: Record<string, FieldProblem[]>;

  constructor(fields: Record<string, FieldProblem[]>) {
    const count = Object.keys(fields).length;
    super('form_invalid', `Expected the form's values to keep its rules, but ${count} fields do not: ${Object.keys(fields).join(', ')}`, { count });
    this.fields = fields;
  }
}

const byGrpcStatus: Partial<Record<status, ErrorCode>> = {
  [status.UNAVAILABLE]: 'engine_unavailable',
  [status.DEADLINE_EXCEEDED]: 'engine_unavailable',
  [status.RESOURCE_EXHAUSTED]: 'overloaded',
  [status.NOT_FOUND]: 'not_found',
  [status.INVALID_ARGUMENT]: 'bad_request',
  [status.FAILED_PRECONDITION]: 'bad_request',
};

/** The one place where what went wrong becomes status and `ApiError`. What is not expected is logged and says nothing of itself. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const { code, ...rest } = describe(error);
    if (code === 'internal' || code === 'engine_unavailable') log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(errorStatus[code]).json({ code, ...rest } satisfies ApiError);
  };
}

function describe(error: unknown): ApiError & { code: ErrorCode } {
  if (error instanceof FormInvalidError) return { code: error.code, message: error.message, params: error.params, fields: error.fields };
  if (error instanceof ProductError) return { code: error.code, message: error.message, params: error.params };
  if (error instanceof z.ZodError) return { code: 'bad_request', message: `The request is not as expected: ${error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ')}` };
  if (error instanceof GatewayError) return { code: byGrpcStatus[error.code] ?? 'internal', message: error.message };
  const { status: httpStatus, code, message } = error as { status?: number; code?: string; message?: string };
  if (code === 'EBADCSRFTOKEN') return { code: 'csrf', message: 'The header x-csrf-token is missing or does not belong to this session: read it anew from GET /api/session' };
  if (code === 'LIMIT_FILE_SIZE') return { code: 'file_too_large', message: 'The file is larger than allowed' };
  if (code?.startsWith('LIMIT_')) return { code: 'bad_request', message: message ?? code };
  if (httpStatus === 413) return { code: 'file_too_large', message: 'The request is larger than allowed' };
  if (httpStatus !== undefined && httpStatus >= 400 && httpStatus < 500) return { code: httpStatus === 404 ? 'not_found' : 'bad_request', message: message ?? 'The request could not be read' };
  return { code: 'internal', message: 'Something went wrong on the server; its log says what' };
}
