import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useShell } from '../ui/shell-store.ts';

const shortcuts = [
  { keys: ['Ctrl', 'K'], text: 'help.search' },
  { keys: ['J', 'K'], text: 'help.move' },
  { keys: ['Enter'], text: 'help.open' },
  { keys: ['C'], text: 'help.claim' },
  { keys: ['Ctrl', 'Enter'], text: 'help.complete' },
  { keys: ['?'], text: 'help.help' },
] as const;

/** Keyboard shortcuts. */
export function HelpDialog() {
  const { t } = useTranslation();
  const { helpOpen, set } = useShell();
  return (
    <Modal open={helpOpen} onCancel={() => set({ helpOpen: false })} title={t('help.title')} footer={null} width={440}>
      <dl className="gc-keys">
        {shortcuts.map(({ keys, text }) => (
          <div key={text} style={{ display: 'contents' }}>
            <dt>{keys.map((key) => <kbd key={key} style={{ marginRight: 4 }}>{key}</kbd>)}</dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <p className="gc-meta" style={{ marginTop: 16 }}>{t('help.mac')}</p>
    </Modal>
  );
}
