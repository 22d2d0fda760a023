import './tokens.css';
import './base.css';
import './theme.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { resumeSession } from './session/session-keeper.ts';
import { watchForNewVersion } from './shell/new-version.ts';

watchForNewVersion();
void resumeSession();

const root = document.getElementById('app');
if (root === null) throw new Error('the page has no element for the app');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
