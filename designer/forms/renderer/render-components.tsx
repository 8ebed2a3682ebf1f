import type { CSSProperties } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import { descriptionOf, holds, labelOf, minRows, pathName, renderText, splitPath, staticOrFeel, toDecimal, type FormComponent } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import { definitionOf, type BlockDefinition, type FieldDefinition } from '../components/index.ts';
import { AroundContext, domIdOf, useAround, usePlace, useRenderer, type Around } from './context.ts';
import { FieldFrame } from './field-frame.tsx';
import { rowsOf } from './rows.ts';

/** Components in rows of a 16-column grid. */
export function Components({ components, around }: { components: FormComponent[]; around: Around }) {
  const { hidden } = useRenderer();
  const shown = components.filter((component) => !hidden.has(component.id + around.suffix));
  return (
    <AroundContext value={around}>
      {rowsOf(shown).map((row) => (
        <div className="gc-row" key={row.key}>
          {row.cells.map(({ component, span }) => <div key={component.id} className="gc-cell" style={{ '--span': span } as CSSProperties}><Component component={component} /></div>)}
        </div>
      ))}
    </AroundContext>
  );
}

function Component({ component }: { component: FormComponent }) {
  const definition = definitionOf(component.type);
  return definition.kind === 'field' ? <Field component={component} definition={definition} /> : <Block component={component} definition={definition} />;
}

function useWords(component: FormComponent) {
  const { language } = useRenderer();
  const place = usePlace();
  return { label: renderText(labelOf(component, language), place), description: renderText(descriptionOf(component, language), place) };
}

function Block({ component, definition }: { component: FormComponent; definition: BlockDefinition }) {
  const { formId } = useRenderer();
  const { suffix } = useAround();
  const { label } = useWords(component);
  const instanceId = component.id + suffix;
  return <definition.View component={component} instanceId={instanceId} domId={domIdOf(formId, instanceId)} label={label} />;
}

function Field({ component, definition }: { component: FormComponent; definition: FieldDefinition }) {
  const state = useRenderer();
  const around = useAround();
  const place = usePlace();
  const { label, description } = useWords(component);
  const { control } = useFormContext();
  const instanceId = component.id + around.suffix;
  const domId = domIdOf(state.formId, instanceId);
  const name = pathName([...around.path, ...splitPath(component.key)]);
  const problems = state.problems[instanceId] ?? [];
  if (definition.frame === 'none' || name === '') return null;
  return (
    <Controller
      control={control} name={name}
      render={({ field }) => {
        const value = (field.value ?? null) as JsonValue;
        if (state.mode === 'display') return <div className="gc-field"><div className="gc-label gc-label-read">{label} {component.key === undefined ? null : state.marks[component.key]}</div><definition.Display component={component} value={value} /></div>;
        const required = component.validate?.required === true || minRows(component) > 0;
        const described = [description && `${domId}-description`, problems.length > 0 && `${domId}-problems`].filter(Boolean).join(' ');
        return (
          <FieldFrame component={component} domId={domId} label={label} description={description} required={required} frame={definition.frame} compact={around.compact} counter={counterOf(component, value, place)} problems={problems} mark={component.key === undefined ? null : state.marks[component.key]}>
            <definition.View
              component={component} domId={domId} name={name} value={value} onChange={field.onChange} onBlur={() => { field.onBlur(); state.touch(instanceId); }} label={label} required={required}
              disabled={component.disabled === true} readonly={component.readonly === true || holds(component.readonly, place)} invalid={problems.length > 0} describedBy={described || undefined} compact={around.compact}
            />
          </FieldFrame>
        );
      }}
    />
  );
}

function counterOf(component: FormComponent, value: JsonValue, place: ReturnType<typeof usePlace>): string | null {
  if (component.type !== 'textarea' || typeof value !== 'string') return null;
  const most = toDecimal(staticOrFeel(component.validate?.maxLength, place));
  return most === null ? null : `${value.trim().length} / ${most.toFixed()}`;
}

