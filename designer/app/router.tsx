import { lazy, Suspense, type ReactNode } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { PageSkeleton } from '../ui/index.ts';
import { useSignedIn } from '../api/index.ts';
import { areas, homeOf } from './areas.tsx';
import { AdminFrame } from './admin-frame.tsx';
import { RequireArea, RequireSession } from './session-provider.tsx';
import { NotFoundPage, RouteCrashPage } from './state-pages.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in-page.tsx';

const TaskPages = lazy(() => import('../pages/tasks/index.tsx'));
const DesignPages = lazy(() => import('../pages/design/index.tsx'));
const MonitorPages = lazy(() => import('../pages/monitor/index.tsx'));
const LedgerPages = lazy(() => import('../pages/ledgers/index.tsx'));
const DashboardPages = lazy(() => import('../pages/ledgers/dashboards/index.tsx'));
const AdminPages = lazy(() => import('../pages/calendar/index.tsx'));
const ServicesPage = lazy(() => import('../pages/administration/services-page.tsx'));
const CallsPage = lazy(() => import('../pages/administration/calls-page.tsx'));
const DutiesPage = lazy(() => import('../pages/administration/duties-page.tsx'));
const PublicPages = lazy(() => import('../pages/public/index.tsx'));

/** All addresses of the app. Each area is loaded when first opened and brings its own routes below its path. */
export function createRouter() {
  return createBrowserRouter([
    { path: '/sign-in', element: <SignInPage />, errorElement: <RouteCrashPage /> },
    { path: '/p/:token', element: <Suspense fallback={<PageSkeleton />}><PublicPages languages={<LanguageSwitch />} /></Suspense>, errorElement: <RouteCrashPage /> },
    {
      path: '/',
      element: <RequireSession><Shell /></RequireSession>,
      errorElement: <RouteCrashPage />,
      children: [
        { index: true, element: <Home /> },
        area('tasks/*', <TaskPages />),
        area('design/*', <DesignPages />),
        area('monitor/*', <MonitorPages />),
        area('ledgers/duties', <DutiesPage />),
        area('ledgers/*', <LedgerPages />),
        area('dashboards/*', <DashboardPages />),
        area('admin/services', <AdminFrame><ServicesPage /></AdminFrame>),
        area('admin/calls', <AdminFrame><CallsPage /></AdminFrame>),
        area('admin/duties', <AdminFrame><DutiesPage /></AdminFrame>),
        area('admin/*', <AdminFrame><AdminPages /></AdminFrame>),
        { path: '*', element: <NotFoundPage /> },
      ],
    },
  ]);
}

function area(path: string, page: ReactNode) {
  const found = areas.find((candidate) => path.startsWith(candidate.path.slice(1)));
  if (!found) throw new Error(`expected an area for the route '${path}', but there is none`);
  return { path, element: <RequireArea area={found}><Suspense fallback={<PageSkeleton />}>{page}</Suspense></RequireArea>, errorElement: <RouteCrashPage /> };
}

function Home() {
  const { user } = useSignedIn();
  return <Navigate to={homeOf(user)} replace />;
}
