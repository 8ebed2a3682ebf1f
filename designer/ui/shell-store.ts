import { useEffect } from 'react';
import { create } from 'zustand';
import type { Look } from './look.ts';

/** One step of "where am I"; the last has no link. */
export interface Crumb {
  label: string;
  to?: string;
}

/** What a person chose; `system` follows the device. */
export type LookChoice = Look | 'system';

interface ShellState {
  crumbs: Crumb[];
  /** On narrow screens the page takes the whole screen and brings its own header. */
  focused: boolean;
  searchOpen: boolean;
  helpOpen: boolean;
  inboxOpen: boolean;
  /** ISO instant since when live updates are gone; null while connected. */
  offlineSince: string | null;
  look: LookChoice;
  set: (change: Partial<Omit<ShellState, 'set'>>) => void;
}

const STORED_LOOK = 'guicheng.look';

export const useShell = create<ShellState>((set) => ({
  crumbs: [],
  focused: false,
  searchOpen: false,
  helpOpen: false,
  inboxOpen: false,
  offlineSince: null,
  look: readLook(),
  set: (change) => set(change),
}));

/** Says where this page is: in the breadcrumb and in the window's title. */
export function useCrumbs(crumbs: Crumb[]): void {
  const text = JSON.stringify(crumbs);
  useEffect(() => {
    const list = JSON.parse(text) as Crumb[];
    useShell.getState().set({ crumbs: list });
    document.title = [...list.map((crumb) => crumb.label).reverse(), '规程 Guicheng'].join(' · ');
  }, [text]);
}

/** Takes the whole narrow screen while mounted and `on`. */
export function useFocusedPage(on = true): void {
  useEffect(() => {
    useShell.getState().set({ focused: on });
    return () => useShell.getState().set({ focused: false });
  }, [on]);
}

export function chooseLook(look: LookChoice): void {
  localStorage.setItem(STORED_LOOK, look);
  useShell.getState().set({ look });
}

function readLook(): LookChoice {
  const stored = globalThis.localStorage?.getItem(STORED_LOOK);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
