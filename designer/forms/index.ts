/** Forms in the browser: rendering, editing, the component registry. */
export { definitionOf, definitions, type ComponentDefinition } from './components/index.ts';
export { FormEditor, type FormEditorProps } from './editor/form-editor.tsx';
export { DefaultFooter, ProblemSummary } from './renderer/default-footer.tsx';
export { FormRenderer, type FormHandle, type FormRendererProps } from './renderer/form-renderer.tsx';
export type { FooterState } from './renderer/problem-links.ts';
export type { FileAccess } from './renderer/context.ts';
export { SensitivityChip } from './renderer/sensitivity-chip.tsx';
