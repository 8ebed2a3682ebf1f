/** Plain shared components; nothing here knows a procedure. */
export { Avatar, Chip, IconButton, Logo } from './basics.tsx';
export { CopyText } from './copy-text.tsx';
export { DueChip } from './due-chip.tsx';
export { ErrorState, TechnicalDetail, useErrorText } from './errors.tsx';
export { createFormat, useFormat, useZone, ZoneProvider, type Format } from './format.tsx';
export { isTyping } from './keys.ts';
export { FactList, PageHeader, Pane } from './layout.tsx';
export type { Look } from './look.ts';
export { LineProblems } from './line-problems.tsx';
export { Pager } from './pager.tsx';
export { ReasonDialog } from './reason-dialog.tsx';
export { chooseLook, useCrumbs, useFocusedPage, useShell, type Crumb, type LookChoice } from './shell-store.ts';
export { SearchInput } from './search-input.tsx';
export { FormSkeleton, ListSkeleton, PageSkeleton, TableSkeleton } from './skeletons.tsx';
export { EmptyState, StateBlock } from './state-block.tsx';
export { useNarrow } from './use-narrow.ts';
export { Marked } from './watermark.tsx';
export { useValueWords } from './value-words.ts';
