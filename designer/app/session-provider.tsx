import { useEffect, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { onSignedOut, sessionKey, SignedInContext, useSession, useSignedIn } from '../api/index.ts';
import { ErrorState, PageSkeleton, ZoneProvider } from '../ui/index.ts';
import type { Area } from './areas.tsx';
import { NoPermissionPage } from './state-pages.tsx';

/** Lets only signed-in people through; others go to the sign-in page and come back afterwards. */
export function RequireSession({ children }: { children: ReactNode }) {
  const session = useSession();
  const client = useQueryClient();
  const location = useLocation();
  useEffect(() => onSignedOut(() => void client.invalidateQueries({ queryKey: sessionKey })), [client]);
  if (session.isPending) return <PageSkeleton />;
  if (session.isError) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  const { user } = session.data;
  if (user === null) {
    const from = location.pathname + location.search;
    return <Navigate to={from === '/' ? '/sign-in' : `/sign-in?from=${encodeURIComponent(from)}`} replace />;
  }
  return <SignedInContext value={{ ...session.data, user }}><ZoneProvider zone={session.data.zone}>{children}</ZoneProvider></SignedInContext>;
}

/** Shows an area only to the roles it is for. */
export function RequireArea({ area, children }: { area: Area; children: ReactNode }) {
  const { user } = useSignedIn();
  const { t } = useTranslation();
  return area.roles.some((role) => user.roles.includes(role)) ? children : <NoPermissionPage area={t(area.label)} />;
}
