import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/index.ts';
import { App } from './app.tsx';
import './styles.css';
import './shell.css';
import '../ui/ui.css';

startI18n();
const root = document.getElementById('root');
if (!root) throw new Error('expected an element #root in index.html, but there is none');
createRoot(root).render(<StrictMode><App /></StrictMode>);
