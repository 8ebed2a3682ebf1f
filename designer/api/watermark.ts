import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { DataClasses } from '../../engine/contract/administration.ts';
import { api } from './client.ts';
import { useSignedIn } from './signed-in.ts';

/** Data class and sensitivity of these fields; nothing is asked for none. */
export function useDataClasses(fields: readonly string[]) {
  const asked = [...new Set(fields)].sort().join(',');
  return useQuery({ queryKey: ['data-classes', asked], queryFn: ({ signal }) => api.get<DataClasses>('/data-classes', { fields: asked }, signal), enabled: asked !== '', staleTime: 300_000 });
}

/** What a watermark says of the person looking: name and id. */
export function useWatermark(): { name: string; openedAt: string } {
  const { user } = useSignedIn();
  return useMemo(() => ({ name: `${user.name} (${user.id})`, openedAt: new Date().toISOString() }), [user.name, user.id]);
}
