import { button } from './button.tsx';
import { checkbox } from './checkbox.tsx';
import { checklist } from './checklist.tsx';
import { datetime } from './datetime.tsx';
import type { ComponentDefinition } from './definition.ts';
import { dynamiclist } from './dynamiclist.tsx';
import { expression } from './expression.tsx';
import { filepicker } from './filepicker.tsx';
import { group } from './group.tsx';
import { html } from './html.tsx';
import { image } from './image.tsx';
import { number } from './number.tsx';
import { radio } from './radio.tsx';
import { select } from './select.tsx';
import { separator } from './separator.tsx';
import { spacer } from './spacer.tsx';
import { table } from './table.tsx';
import { taglist } from './taglist.tsx';
import { text } from './text.tsx';
import { textarea } from './textarea.tsx';
import { textfield } from './textfield.tsx';
import { unknown } from './unknown.tsx';

/** All component types, in the order of the palette. Adding one: a file, a line here, `forms.types.<type>` in i18n. */
export const definitions: ComponentDefinition[] = [
  textfield, textarea, number, datetime, filepicker, expression,
  radio, select, checkbox, checklist, taglist,
  group, dynamiclist,
  text, html, image, table, separator, spacer, button,
];

const byType = new Map(definitions.map((definition) => [definition.type, definition]));

/** The definition of a type; a placeholder for types not known here. */
export function definitionOf(type: string): ComponentDefinition {
  return byType.get(type) ?? unknown;
}

export type * from './definition.ts';
