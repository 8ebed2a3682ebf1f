import type { ReactNode } from 'react';
import { ApartmentOutlined, BarChartOutlined, CheckSquareOutlined, RadarChartOutlined, SettingOutlined, TableOutlined } from '@ant-design/icons';
import type { Role, User } from '../../engine/contract/api.ts';

/** An area of the left navigation; `label` is a key of i18n. */
export interface Area {
  path: string;
  label: 'areas.tasks' | 'areas.design' | 'areas.monitor' | 'areas.ledgers' | 'areas.dashboards' | 'areas.admin';
  icon: ReactNode;
  roles: Role[];
}

/** The areas that exist, in the order shown; a person sees those of their roles. */
export const areas: Area[] = [
  { path: '/tasks', label: 'areas.tasks', icon: <CheckSquareOutlined />, roles: ['staff'] },
  { path: '/design', label: 'areas.design', icon: <ApartmentOutlined />, roles: ['owner'] },
  { path: '/monitor', label: 'areas.monitor', icon: <RadarChartOutlined />, roles: ['admin'] },
  { path: '/ledgers', label: 'areas.ledgers', icon: <TableOutlined />, roles: ['staff', 'admin'] },
  { path: '/dashboards', label: 'areas.dashboards', icon: <BarChartOutlined />, roles: ['staff', 'admin'] },
  { path: '/admin', label: 'areas.admin', icon: <SettingOutlined />, roles: ['admin'] },
];

export function areasOf(user: User): Area[] {
  return areas.filter((area) => area.roles.some((role) => user.roles.includes(role)));
}

const firstPages: [role: Role, path: string][] = [['admin', '/monitor'], ['owner', '/design'], ['staff', '/tasks']];

/** First page by role: administrator → monitor, owner → procedures, staff → tasks; of several roles the farthest-reaching counts. */
export function homeOf(user: User): string {
  return firstPages.find(([role]) => user.roles.includes(role))?.[1] ?? '/no-area';
}
