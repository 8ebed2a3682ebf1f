import { useMemo, type ReactNode } from 'react';
import { Button } from 'antd';
import { CheckOutlined, ExclamationCircleFilled, LoadingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readForm } from '../../../engine/contract/forms/index.ts';
import type { PublicForm, PublicTicket } from '../../../engine/contract/api.ts';
import { ApiFailure, usePublicForm, useSubmission, useSubmitForm } from '../../api/index.ts';
import { FormRenderer, ProblemSummary } from '../../forms/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { FormSkeleton, useErrorText, ZoneProvider } from '../../ui/index.ts';
import { LinkProblem } from './link-problem.tsx';
import { Notice } from './notice.tsx';
import { PublicFrame } from './public-frame.tsx';

/** A complaint or feedback without signing in: the form, then the number it got. */
export function SubmitPage({ kind, languages }: { kind: PublicForm['kind']; languages: ReactNode }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const form = usePublicForm(kind);
  const submit = useSubmitForm(kind);
  return <PublicFrame title={form.data?.title[short] ?? t('public.header')} languages={languages}>{content()}</PublicFrame>;

  function content(): ReactNode {
    if (submit.isSuccess) return <Received ticket={submit.data} />;
    if (form.isError) return <LinkProblem error={form.error} onRetry={() => void form.refetch()} retrying={form.isFetching} />;
    if (form.isPending) return <FormSkeleton />;
    return <Entry form={form.data} submit={submit} />;
  }
}

/** What was typed stays when sending fails. */
function Entry({ form, submit }: { form: PublicForm; submit: ReturnType<typeof useSubmitForm> }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const errorText = useErrorText();
  const schema = useMemo(() => readForm(form.form), [form.form]);
  const { error } = submit;
  const refused = error instanceof ApiFailure && error.code === 'form_invalid' ? error.fields : undefined;
  return (
    <ZoneProvider zone={form.zone}>
      <h1>{form.title[short]}</h1>
      <p className="gc-public-intro">{form.intro[short]} <Link className="gc-public-link" to="/p/commitments">{t('commitments.title')}</Link></p>
      <FormRenderer
        schema={schema} variables={form.variables} label={form.title[short]}
        {...(refused ? { serverErrors: refused } : {})}
        onSubmit={(values) => { if (!submit.isPending) submit.mutate(values); }}
        footer={(state) => (
          <footer className="gc-public-foot">
            <ProblemSummary state={state} />
            {error !== null && !refused && <p className="gc-public-failed" role="alert"><ExclamationCircleFilled aria-hidden /> {errorText(error)}{t('public.kept')}</p>}
            <Button type="primary" htmlType="submit" size="large" block loading={submit.isPending}>{form.submit[short]}</Button>
            <p className="gc-meta">{t('public.submit.privacy')} <Link to="/p/progress">{t('public.progress.title')}</Link></p>
          </footer>
        )}
      />
    </ZoneProvider>
  );
}

/** The number comes a moment after the submission; the page waits for it. */
function Received({ ticket }: { ticket: PublicTicket }) {
  const { t } = useTranslation();
  const { data, isError } = useSubmission(ticket.ticket);
  const number = data?.recordNo ?? null;
  if (number === null && isError) return <Notice tone="accent" icon={<CheckOutlined />} title={t('public.submit.received')} text={t('public.submit.later')} />;
  if (number === null) return <Notice tone="accent" icon={<LoadingOutlined />} title={t('public.submit.received')} text={t('public.submit.registering')} />;
  return (
    <Notice
      tone="accent" icon={<CheckOutlined />} title={t('public.submit.registered')} text={t('public.submit.keep')}
      actions={<>
        <p className="gc-public-number">{number}</p>
        <Link to="/p/progress" state={{ ticket: ticket.ticket }}><Button type="primary" size="large">{t('public.submit.look')}</Button></Link>
      </>}
    />
  );
}
