/** One line of a comparison in words. */
export interface WordedChange {
  kind: 'added' | 'removed' | 'changed';
  /** Where: a component's label, a rule and column. */
  what: string;
  before?: string;
  after?: string;
}

interface FormComponent {
  id: string;
  type: string;
  key?: string;
  label?: string;
  text?: string;
  components?: FormComponent[];
  [name: string]: unknown;
}

/** What differs between two forms, component by component. Texts that are no form differ as a whole. */
export function diffForms(before: string, after: string): WordedChange[] {
  const [old, now] = [readForm(before), readForm(after)];
  const changes: WordedChange[] = [];
  for (const [id, component] of now) {
    const was = old.get(id);
    if (was === undefined) changes.push({ kind: 'added', what: nameOf(component) });
    else changes.push(...diffComponent(was, component));
  }
  for (const [id, component] of old) if (!now.has(id)) changes.push({ kind: 'removed', what: nameOf(component) });
  const kept = [...now.keys()].filter((id) => old.has(id));
  const order = [...old.keys()].filter((id) => now.has(id));
  for (const [at, id] of kept.entries()) if (order[at] !== id) changes.push({ kind: 'changed', what: nameOf(now.get(id)!), before: `#${order.indexOf(id) + 1}`, after: `#${at + 1}` });
  return changes;
}

function diffComponent(was: FormComponent, now: FormComponent): WordedChange[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter((name) => name !== 'components' && name !== 'id');
  return names
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(now[name]))
    .map((name) => ({ kind: 'changed', what: `${nameOf(now)} · ${name}`, before: wordOf(was[name]), after: wordOf(now[name]) }));
}

const wordOf = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

const nameOf = (component: FormComponent): string => component.label ?? component.text?.slice(0, 30) ?? component.key ?? component.id;

function readForm(text: string): Map<string, FormComponent> {
  const all = new Map<string, FormComponent>();
  const visit = (components: FormComponent[] = []): void => {
    for (const component of components) {
      all.set(component.id, component);
      visit(component.components);
    }
  };
  try {
    visit((JSON.parse(text) as { components?: FormComponent[] }).components);
  } catch {
    return all; // not JSON: the check of the draft says so; here everything shows as removed
  }
  return all;
}

/** What differs between two decision files, cell by cell; rules are matched by id. Needs the browser's XML parser. */
export function diffDecisions(before: string, after: string): WordedChange[] {
  const [old, now] = [readCells(before), readCells(after)];
  const changes: WordedChange[] = [];
  for (const [id, cell] of now) {
    const was = old.get(id);
    if (was === undefined) changes.push({ kind: 'added', what: cell.where, after: cell.text });
    else if (was.text !== cell.text) changes.push({ kind: 'changed', what: cell.where, before: was.text, after: cell.text });
  }
  for (const [id, cell] of old) if (!now.has(id)) changes.push({ kind: 'removed', what: cell.where, before: cell.text });
  return changes;
}

function readCells(xml: string): Map<string, { where: string; text: string }> {
  const cells = new Map<string, { where: string; text: string }>();
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  for (const decision of elements(document, 'decision')) {
    const heads = [...elements(decision, 'input').map((input) => input.getAttribute('label') ?? elements(input, 'text')[0]?.textContent ?? ''), ...elements(decision, 'output').map((output) => output.getAttribute('label') ?? output.getAttribute('name') ?? '')];
    elements(decision, 'rule').forEach((rule, row) => {
      const entries = [...elements(rule, 'inputEntry'), ...elements(rule, 'outputEntry')];
      entries.forEach((entry, column) => {
        const rowId = rule.getAttribute('id') ?? String(row);
        cells.set(`${decision.getAttribute('id')}/${rowId}/${column}`, { where: `${decision.getAttribute('name') ?? ''} · #${row + 1} · ${heads[column]?.trim() ?? ''}`, text: elements(entry, 'text')[0]?.textContent?.trim() ?? '' });
      });
    });
  }
  return cells;
}

const elements = (within: Document | Element, name: string): Element[] => Array.from(within.getElementsByTagNameNS('*', name));
