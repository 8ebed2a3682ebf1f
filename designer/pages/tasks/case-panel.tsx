import { LockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CaseFact } from '../../../engine/contract/api.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import { useDataClasses, useDirectory } from '../../api/index.ts';
import { SensitivityChip } from '../../forms/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { DueChip, FactList, useFormat, useValueWords } from '../../ui/index.ts';

/** Facts that are read, not looked up: they stand on top in full. */
const PROSE = ['content', 'demand'];

/** Facts about a person, which say how sensitive they are. */
const PERSONAL = ['customerName', 'complainantName', 'phone', 'email', 'idNo', 'accountNo'];

/** The case in words: what it is about, its facts, its deadlines. */
export function CasePanel({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useFactWords();
  const named = useNamed();
  const prose = detail.facts.filter((fact) => PROSE.includes(fact.name) && fact.value);
  const facts = detail.facts.filter((fact) => !PROSE.includes(fact.name) && !(Array.isArray(fact.value) && (fact.value.length === 0 || isTable(fact.value))));
  const classes = useDataClasses(facts.filter((fact) => fact.masked || PERSONAL.includes(fact.name)).map((fact) => fact.name)).data?.fields ?? {};
  const valueOf = (fact: CaseFact) => {
    const sensitive = classes[fact.name];
    if (!fact.masked && sensitive === undefined) return words.value(fact);
    return <span>{words.value(fact)} {fact.masked && <LockOutlined role="img" aria-label={t('case.masked')} title={t('case.masked')} />} {sensitive && <SensitivityChip of={sensitive} short />}</span>;
  };
  const own = [
    { name: t('case.fields.startedAt'), value: format.dateTime(detail.startedAt) },
    ...(detail.startedBy && !detail.startedBy.startsWith('worker:') ? [{ name: t('case.fields.startedBy'), value: detail.startedBy }] : []),
  ];
  return (
    <>
      {prose.length > 0 && (
        <section className="gc-side-section">
          {prose.map((fact, index) => index === 0
            ? <div key={fact.name}><h2>{words.label(fact)}</h2><p className="gc-prose">{words.value(fact)}</p></div>
            : <div key={fact.name}><h3 className="gc-minor">{words.label(fact)}</h3><p className="gc-prose">{words.value(fact)}</p></div>)}
        </section>
      )}
      <section className="gc-side-section">
        <h2>{t('tasks.tabs.case')}</h2>
        <FactList facts={[...facts.map((fact) => ({ name: words.label(fact), value: valueOf(fact) })), ...own]} />
      </section>
      {detail.deadlines.length > 0 && (
        <section className="gc-side-section">
          <h2>{t('case.deadlines')}</h2>
          <ul className="gc-deadlines">
            {detail.deadlines.map((deadline) => (
              <li key={deadline.stage}><span>{named(deadline.stageName, deadline.stageNameEn)}{deadline.due.at && <time className="gc-meta" dateTime={deadline.due.at}>{format.dateTime(deadline.due.at)}</time>}</span><DueChip due={deadline.due} ended={deadline.endedAt !== null} /></li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Rows of several fields are no fact in words; the form shows them as a table. */
const isTable = (items: JsonValue[]): boolean => items.some((item) => typeof item === 'object' && item !== null);

/** Labels and coded values of facts in the language shown; what has no translation is shown as it is. */
function useFactWords() {
  const { t, i18n } = useTranslation();
  const words = useValueWords();
  const named = useNamed();
  const directory = useDirectory().data;
  const groups = directory?.groups ?? [];
  const department = (id: unknown) => {
    const group = groups.find((each) => each.id === id);
    return group === undefined ? null : named(group.name, group.nameEn);
  };
  const site = (id: unknown) => {
    const found = directory?.sites.find((each) => each.id === id);
    return found === undefined ? null : named(found.name, found.nameEn);
  };
  const known = (key: string, otherwise: string) => (i18n.exists(key) ? t(key) : otherwise);
  return {
    label: (fact: CaseFact) => known(`case.fields.${fact.name}`, fact.name),
    value: (fact: CaseFact) => (fact.name === 'leadDept' && department(fact.value)) || (fact.name === 'site' && site(fact.value)) || words(fact.name, fact.value) || '—',
  };
}
