/** SQL for the name of an element of the definition `d`, and its English name (null where the diagram has none). `alias`: a table with `element_id`. */
export function elementNames(alias: string): { name: string; nameEn: string } {
  return { name: `coalesce(d.elements -> ${alias}.element_id ->> 'name', ${alias}.element_id)`, nameEn: `d.elements -> ${alias}.element_id ->> 'nameEn'` };
}

/** The same for an element instance `e`, whose process goes by the name of its definition. */
export function elementInstanceNames(): { name: string; nameEn: string } {
  const { name, nameEn } = elementNames('e');
  return { name: `case when e.type = 'PROCESS' then d.name else ${name} end`, nameEn: `case when e.type = 'PROCESS' then d.name_en else ${nameEn} end` };
}
