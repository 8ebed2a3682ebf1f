import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/index.ts';
import { App } from './app.tsx';
import './styles.css';
import './shell.css';
import '../ui/ui.css';

startI18n();
reloadAfterUpgrade();
const root = document.getElementById('root');
if (!root) throw new Error('expected an element #root in index.html, but there is none');
createRoot(root).render(<StrictMode><App /></StrictMode>);

/** A new version of the product no longer has the files this tab knows of: load anew, once, rather than fail. */
function reloadAfterUpgrade(): void {
  const stored = 'guicheng.reloadedAt';
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(stored)) < 10_000) return;
    event.preventDefault();
    sessionStorage.setItem(stored, String(Date.now()));
    window.location.reload();
  });
}
