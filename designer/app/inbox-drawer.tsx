import { Button, Drawer } from 'antd';
import { InboxOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { InboxMessage } from '../../engine/contract/api.ts';
import { useInbox, useMarkAllRead, useMarkRead } from '../api/index.ts';
import { useNamed } from '../i18n/index.ts';
import { EmptyState, ErrorState, ListSkeleton, useFormat } from '../ui/index.ts';
import { useShell } from '../ui/shell-store.ts';

/** Messages for this person; a click leads to what they are about. */
export function InboxDrawer() {
  const { t } = useTranslation();
  const { inboxOpen, set } = useShell();
  const inbox = useInbox();
  const markAll = useMarkAllRead();
  const close = () => set({ inboxOpen: false });
  return (
    <Drawer
      open={inboxOpen} onClose={close} title={t('inbox.title')} size={400} styles={{ body: { padding: 0 } }}
      extra={<Button size="small" disabled={!inbox.data?.unread} loading={markAll.isPending} onClick={() => markAll.mutate()}>{t('inbox.readAll')}</Button>}
    >
      {inbox.isPending && <ListSkeleton rows={4} />}
      {inbox.isError && <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} />}
      {inbox.data?.items.length === 0 && <EmptyState icon={<InboxOutlined />} title={t('inbox.empty')} text={t('inbox.emptyText')} />}
      <ul>{inbox.data?.items.map((message) => <li key={message.id}><Message message={message} onDone={close} /></li>)}</ul>
    </Drawer>
  );
}

function Message({ message, onDone }: { message: InboxMessage; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const named = useNamed();
  const markRead = useMarkRead();
  const open = () => {
    if (!message.read) markRead.mutate(message.id);
    if (message.link === null) return;
    onDone();
    void navigate(message.link);
  };
  return (
    <button type="button" className="gc-inbox-item" data-unread={!message.read} onClick={open}>
      <span className="gc-visually-hidden">{message.read ? '' : t('inbox.unread')}</span>
      <strong>{named(message.title, message.titleEn)}</strong>
      <p className="gc-secondary">{named(message.text, message.textEn)}</p>
      <time className="gc-meta" dateTime={message.at}>{format.dateTime(message.at)}</time>
    </button>
  );
}
