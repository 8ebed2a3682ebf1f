import { status } from '@grpc/grpc-js';
import { Router } from 'express';
import { z } from 'zod';
import { ProductError } from '../../contract/errors.ts';
import { appendAudit } from '../../identity/audit.ts';
import { GatewayError } from '../gateway-client.ts';
import { actorOf, reason, userOf } from '../request.ts';
import type { TaskContext } from '../tasks/task-detail.ts';

const key = z.string().regex(/^[1-9]\d{0,18}$/);
const body = z.intersection(
  z.discriminatedUnion('kind', [z.object({ kind: z.enum(['process_instance', 'process_definition']), key }), z.object({ kind: z.literal('job_type'), jobType: z.string().trim().min(1).max(200) })]),
  z.object({ reason }),
);

/**
 * POST /api/suspensions and /api/suspensions/resume: makes an instance (`process_instance`), the beginning of instances
 * (`process_definition`) or the work on a job type (`job_type`) stand still, and go on. For administrators; audited. `not_found` when there
 * is no such thing, `bad_request` when it stands still already, does not, or the engine cannot do it (a Zeebe cluster).
 */
export function suspensionRoutes({ db, clock, engine }: TaskContext): Router {
  const router = Router();
  for (const [path, verb] of [['/suspensions', 'suspend'], ['/suspensions/resume', 'resume']] as const) {
    router.post(path, async (request, response) => {
      const user = userOf(response, 'monitor');
      const { reason: why, ...target } = body.parse(request.body);
      try {
        await engine[verb](target);
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        if (error.code === status.NOT_FOUND) throw new ProductError('not_found', error.message, {}, { cause: error });
        if (error.code === status.FAILED_PRECONDITION || error.code === status.UNIMPLEMENTED) throw new ProductError('bad_request', error.message, {}, { cause: error });
        throw error;
      }
      const object = target.kind === 'job_type' ? `job_type:${target.jobType}` : `${target.kind === 'process_instance' ? 'instance' : 'definition'}:${target.key}`;
      await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action: `${verb}.${target.kind}`, object, reason: why, before: null, after: target });
      response.status(204).end();
    });
  }
  return router;
}
