import './jitless.ts';
import '@fontsource-variable/inter/wght.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/palette.css';
import './styles/desk.css';
import './styles/home.css';
import './styles/screens.css';
import './styles/narrow.css';
import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { client, fetchCall, listen } from './query.ts';

/** Styles that Fluent adds at run time carry the nonce of this page; without it the policy refuses them. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const styles = createDOMRenderer(document, { styleElementAttributes: { nonce } });

listen();
// Asked before anything is drawn, which takes longer than the answers. Whoever needs them asks again, and tells of a failure.
void fetchCall('desk.state', {}).catch(() => undefined);
void fetchCall('session.current', {}).catch(() => undefined);

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={styles} targetDocument={document}>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </RendererProvider>
  </StrictMode>,
);
