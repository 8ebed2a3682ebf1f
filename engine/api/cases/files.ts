import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import multer from 'multer';
import { z } from 'zod';
import { ProductError } from '../../contract/errors.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { ApiOptions } from '../api-options.ts';
import { actorOf, textParam, userOf } from '../request.ts';
import { rememberParticipant } from '../tasks/task-access.ts';
import { requireCase } from './case-access.ts';
import { storedFile } from './case-detail.ts';
import { openFileStore } from './file-store.ts';
import { mediaTypeOf } from './file-types.ts';

const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** Files of one person that belong to no case yet. */
const MAX_LOOSE_FILES = 50;

interface FileRow {
  id: string;
  process_instance_key: string | null;
  name: string;
  media_type: string;
  size: number;
  iv: Buffer;
  tag: Buffer;
  uploaded_at: Date;
  uploaded_by: string;
  user_id: string;
}

const target = z.object({ processInstanceKey: z.string().regex(/^[1-9]\d{0,18}$/).optional() });

/** /api/files: uploads, encrypted at rest; downloads for those who work on the file's case, and for its uploader until it has one. */
export function fileRoutes({ db, clock, dataDir }: ApiOptions): Router {
  const store = openFileStore(dataDir);
  const router = Router();
  const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 4 }, defParamCharset: 'utf8' });

  router.post(
    '/',
    (_request, response, next) => {
      userOf(response, 'tasks'); // before anything is read
      next();
    },
    upload.single('file'),
    async (request, response) => {
      const user = userOf(response, 'tasks');
      const { processInstanceKey = null } = target.parse(request.query);
      const file = request.file;
      if (file === undefined) throw new ProductError('bad_request', "Expected one file in the multipart field 'file'");
      if (processInstanceKey !== null) await requireCase(db, user, processInstanceKey, true);
      else await checkLooseFiles(user.id);
      const name = cleanName(file.originalname);
      const mediaType = mediaTypeOf(name, file.buffer);
      if (mediaType === null) throw new ProductError('file_type', `Expected pdf, jpg, png, docx, xlsx, mp3 or mp4 with matching content, but '${name}' is not`, { name });
      const id = randomUUID();
      const sealed = await store.write(id, file.buffer);
      const at = clock.now();
      const row: FileRow = { id, process_instance_key: processInstanceKey, name, media_type: mediaType, size: file.size, ...sealed, uploaded_at: new Date(at), user_id: user.id, uploaded_by: user.name };
      await db.transaction(async (trx) => {
        await trx('app.stored_file').insert(row);
        if (processInstanceKey !== null) await rememberParticipant(trx, processInstanceKey, user.id);
        await appendAudit(trx, { at, ...actorOf(request, user), action: 'file.upload', object: processInstanceKey === null ? `file:${id}` : `instance:${processInstanceKey}`, after: { file: id, mediaType, size: file.size } });
      });
      response.status(201).json(storedFile(row));
    },
  );

  router.get('/:id', async (request, response) => {
    const user = userOf(response, 'tasks');
    const id = textParam(request, 'id');
    const missing = new ProductError('not_found', `Expected to find file '${id}' among those you may open, but it is not there`);
    if (!z.uuid().safeParse(id).success) throw missing;
    const row: FileRow | undefined = await db('app.stored_file').where({ id }).first();
    if (row === undefined) throw missing;
    if (row.process_instance_key !== null) await requireCase(db, user, row.process_instance_key, true);
    else if (row.user_id !== user.id) throw missing;
    const bytes = await store.read(id, row);
    await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action: 'file.read', object: row.process_instance_key === null ? `file:${id}` : `instance:${row.process_instance_key}`, after: { file: id } });
    const kind = /^(image|audio|video)\/|\/pdf$/.test(row.media_type) ? 'inline' : 'attachment';
    response.setHeader('content-type', row.media_type);
    response.setHeader('content-disposition', `${kind}; filename*=UTF-8''${encodeURIComponent(row.name)}`);
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; sandbox");
    response.end(bytes);
  });

  async function checkLooseFiles(userId: string): Promise<void> {
    const row = (await db('app.stored_file').count({ count: '*' }).where({ user_id: userId }).whereNull('process_instance_key').where('uploaded_at', '>', new Date(clock.now() - 86_400_000)).first()) as { count: string };
    if (Number(row.count) >= MAX_LOOSE_FILES) throw new ProductError('too_many', `Expected at most ${MAX_LOOSE_FILES} files a day without a case: start the case first`, { max: MAX_LOOSE_FILES });
  }

  return router;
}

/** The last part of the name, without control characters. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\p{Cc}/gu, '').slice(-200) || 'file';
}
