import { useEffect, useState } from 'react';
import { App, Button, Popconfirm } from 'antd';
import { CheckCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { DesignResource, ProcedureDetail, ProcedureResource } from '../../../engine/contract/api.ts';
import { useDesignResource, useDiscardDesignDraft } from '../../api/index.ts';
import BpmnDiffPane from '../../modeler/bpmn-diff.tsx';
import { diffDiagrams, type DiagramChange } from '../../modeler/diff.ts';
import { EmptyState, ErrorState, PageSkeleton, useErrorText, useFormat } from '../../ui/index.ts';
import { diffDecisions, diffForms, type WordedChange } from './text-diff.ts';

/** What the drafts change against what runs now, and what was published before. */
export default function ChangeTab({ procedure }: { procedure: ProcedureDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [query, setQuery] = useSearchParams();
  const drafts = procedure.resources.filter((resource) => resource.hasDraft);
  const chosen = drafts.find((draft) => `${draft.kind}/${draft.id}` === query.get('resource')) ?? drafts[0];
  return (
    <div className="gc-change-tab">
      <section className="gc-change-drafts" aria-label={t('design.change.title')}>
        <h2>{t('design.change.title')}</h2>
        {chosen === undefined ? <EmptyState icon={<CheckCircleOutlined />} title={t('design.change.none')} text={t('design.change.noneText')} /> : (
          <>
            <ul className="gc-change-list">{drafts.map((draft) => <li key={`${draft.kind}/${draft.id}`}><button type="button" aria-current={draft === chosen} onClick={() => setQuery({ resource: `${draft.kind}/${draft.id}` })}><span className="gc-meta">{t(`design.kinds.${draft.kind}`)}</span> {draft.name}</button></li>)}</ul>
            <Comparison key={`${chosen.kind}/${chosen.id}`} draft={chosen} />
          </>
        )}
      </section>
      <section className="gc-change-history" aria-label={t('design.change.history')}>
        <h2>{t('design.change.history')}</h2>
        {procedure.history.length === 0 ? <p className="gc-meta">{t('design.change.noHistory')}</p> : (
          <ol>{procedure.history.map((change) => <li key={`${change.version}/${change.at}`}><b>v{change.version}</b> <span className="gc-meta">{format.dateTime(change.at)} · {change.by === 'system' ? t('design.change.shipped') : change.by}</span><p>{change.comment}</p></li>)}</ol>
        )}
      </section>
    </div>
  );
}

function Comparison({ draft }: { draft: ProcedureResource }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const resource = useDesignResource(draft.kind, draft.id);
  const discard = useDiscardDesignDraft(draft.kind, draft.id);
  if (resource.isPending) return <PageSkeleton />;
  if (resource.isError && !resource.data) return <ErrorState error={resource.error} onRetry={() => void resource.refetch()} />;
  const { published, content } = resource.data as DesignResource;
  const drop = () => discard.mutate(undefined, { onSuccess: () => void message.success(t('design.change.discarded')), onError: (error) => void message.error(errorText(error)) });
  return (
    <div className="gc-comparison">
      <p className="gc-legend"><span data-kind="added">＋ {t('design.change.added')}</span><span data-kind="removed">－ {t('design.change.removed')}</span><span data-kind="changed">≠ {t('design.change.changed')}</span>{draft.kind === 'process' && <span data-kind="moved">↔ {t('design.change.moved')}</span>}
        {published !== null && <Popconfirm title={t('design.change.discardAsk')} okText={t('design.change.discard')} cancelText={t('actions.cancel')} onConfirm={drop}><Button size="small" danger loading={discard.isPending}>{t('design.change.discard')}</Button></Popconfirm>}
      </p>
      {published === null ? <p>{t('design.change.allNew')}</p> : draft.kind === 'process' ? <DiagramComparison before={published} after={content} /> : <Worded changes={draft.kind === 'form' ? diffForms(published, content) : diffDecisions(published, content)} />}
    </div>
  );
}

function DiagramComparison({ before, after }: { before: string; after: string }) {
  const { t, i18n } = useTranslation();
  const attributeName = (name: string) => (i18n.exists(`design.change.attributes.${name}`) ? t(`design.change.attributes.${name}`) : name);
  const [changes, setChanges] = useState<DiagramChange[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [focus, setFocus] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    diffDiagrams(before, after).then((found) => { if (!gone) setChanges(found); }, (cause: unknown) => { if (!gone) setError(cause); });
    return () => { gone = true; };
  }, [before, after]);
  if (error !== null) return <ErrorState error={error} title={t('diagram.broken')} />;
  if (changes === null) return <PageSkeleton />;
  return (
    <>
      <div className="gc-diff-panes">
        <BpmnDiffPane xml={before} changes={changes} side="before" focus={focus} label={t('design.change.before')} onError={setError} />
        <BpmnDiffPane xml={after} changes={changes} side="after" focus={focus} label={t('design.change.after')} onError={setError} />
      </div>
      {changes.length === 0 ? <p className="gc-meta">{t('design.change.same')}</p> : (
        <ul className="gc-worded">{changes.map((change) => (
          <li key={`${change.kind}/${change.elementId}`} data-kind={change.kind}>
            <button type="button" className="gc-link" onClick={() => setFocus(change.elementId)}>{change.name}</button> <span className="gc-meta">{t(`design.change.${change.kind}`)}</span>
            {change.attributes.map((attribute) => <span key={attribute.name} className="gc-values">{attributeName(attribute.name)}{t('design.change.colon')}<del>{attribute.before}</del> <ins>{attribute.after}</ins></span>)}
          </li>
        ))}</ul>
      )}
    </>
  );
}

function Worded({ changes }: { changes: WordedChange[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <p className="gc-meta">{t('design.change.same')}</p>;
  return (
    <ul className="gc-worded">{changes.map((change, index) => (
      <li key={index} data-kind={change.kind}>
        <b>{change.what}</b> <span className="gc-meta">{t(`design.change.${change.kind}`)}</span>
        {(change.before !== undefined || change.after !== undefined) && <span className="gc-values">{change.before !== undefined && <del>{change.before}</del>} {change.after !== undefined && <ins>{change.after}</ins>}</span>}
      </li>
    ))}</ul>
  );
}
