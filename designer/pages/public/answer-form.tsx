import { useMemo } from 'react';
import { Button } from 'antd';
import { ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { readForm } from '../../../engine/contract/forms/index.ts';
import type { PublicLink } from '../../../engine/contract/api.ts';
import { ApiFailure, type useAnswerLink } from '../../api/index.ts';
import { FormRenderer, ProblemSummary } from '../../forms/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useErrorText, useFormat } from '../../ui/index.ts';

/** The form of a link. What was typed stays when sending fails. */
export function AnswerForm({ link, answer }: { link: PublicLink; answer: ReturnType<typeof useAnswerLink> }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const errorText = useErrorText();
  const format = useFormat();
  const schema = useMemo(() => readForm(link.form), [link.form]);
  const { error } = answer;
  const refused = error instanceof ApiFailure && error.code === 'form_invalid' ? error.fields : undefined;
  return (
    <FormRenderer
      schema={schema} variables={link.variables} label={link.title[short]}
      {...(refused ? { serverErrors: refused } : {})}
      onSubmit={(values) => { if (!answer.isPending) answer.mutate(values); }}
      footer={(state) => (
        <footer className="gc-public-foot">
          <ProblemSummary state={state} />
          {error !== null && !refused && <p className="gc-public-failed" role="alert"><ExclamationCircleFilled aria-hidden /> {errorText(error)}{t('public.kept')}</p>}
          <Button type="primary" danger={link.kind === 'withdrawal'} htmlType="submit" size="large" block loading={answer.isPending}>{link.submit[short]}</Button>
          <p className="gc-meta">{t('public.once', { until: format.dateTime(link.expiresAt) })}</p>
        </footer>
      )}
    />
  );
}
