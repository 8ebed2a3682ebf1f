/** Forms: form-js JSON as types and the one submit semantics that browser and server share. Pure: no Node, no DOM. */
export * from './schema.ts';
export { type FormScope, type RowScope, topScope } from './scope.ts';
export { evaluateFeel, feelProblem, feelText, holds, isFeel, staticOrFeel, type Place } from './expressions.ts';
export { fieldInstances, visibleFields, type FieldInstance } from './instances.ts';
export { initialValue, initialValues, newRow } from './initial-values.ts';
export { computeExpressions } from './compute.ts';
export { validateForm, minRows, type FormResult } from './validate-form.ts';
export { accepts, isBlank, validateField } from './validate-field.ts';
export { optionSource, resolveOptions, sameValue, toOptions, type FormOption, type OptionSource } from './options.ts';
export { emptyValue, sanitize, toFiles, type FileValue } from './sanitize.ts';
export { storedNumber, toDecimal } from './decimal.ts';
export * from './datetime.ts';
export { getPath, isObject, pathName, setPath, splitPath, type Path } from './paths.ts';
export { renderText, type RenderOptions } from './template.ts';
export { authorMessage, descriptionOf, englishColumns, englishOptions, labelOf, optionLabel, type FormLanguage } from './words.ts';
