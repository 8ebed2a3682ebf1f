import { Button } from 'antd';
import { ExclamationCircleFilled } from '@ant-design/icons';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../../../engine/contract/forms/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import type { FooterState } from './problem-links.ts';

/** How many fields are to be mended, each as a link to it. Stands beside the submit button. */
export function ProblemSummary({ state }: { state: FooterState }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const shown = state.problems.slice(0, 3);
  return (
    <p className="gc-summary" role="alert">
      {state.problems.length > 0 && (
        <>
          <ExclamationCircleFilled aria-hidden /> {t('forms.toMend', { count: state.problems.length })}{' '}
          {shown.map((link, index) => (
            <Fragment key={link.id}>
              {index > 0 && t('forms.listComma')}
              <a href={`#${link.domId}`} onClick={(event) => { event.preventDefault(); state.focus(link); }}>{labelOf(link.component, short)}{link.rows.length > 0 ? ` ${link.rows.join('.')}` : ''}</a>
            </Fragment>
          ))}
          {state.problems.length > shown.length && '…'}
        </>
      )}
    </p>
  );
}

/** Submit and what is still to be mended. */
export function DefaultFooter({ state, label, busy = false }: { state: FooterState; label?: string; busy?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="gc-form-footer">
      <Button type="primary" htmlType="submit" loading={busy}>{label ?? t('actions.submit')}</Button>
      <ProblemSummary state={state} />
    </div>
  );
}
