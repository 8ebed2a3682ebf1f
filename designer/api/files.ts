import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { StoredFile } from '../../engine/contract/api.ts';
import { api, apiUrl } from './client.ts';

/** Largest file the server takes, in bytes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Stores a file, as one of a case when its key is given. */
export async function uploadFile(file: File, processInstanceKey?: string): Promise<StoredFile> {
  const form = new FormData();
  form.append('file', file, file.name);
  return api.upload<StoredFile>('/files', form, { processInstanceKey });
}

export function useUploadFile(processInstanceKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => uploadFile(file, processInstanceKey),
    onSuccess: () => client.invalidateQueries({ queryKey: ['case', processInstanceKey] }),
  });
}

/** Where a file is downloaded from. */
export function fileUrl(id: string): string {
  return apiUrl(`/files/${encodeURIComponent(id)}`);
}
