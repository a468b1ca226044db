import './no-generated-code.ts';
import './styles.ts';
import { createClient } from '#shared/ipc';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startWorkbench } from './app/start-workbench.ts';
import { unpackedBridge } from './data/unpacked-bridge.ts';
import { createWorkbenchStore } from './state/store.ts';

const client = createClient(unpackedBridge(window.bridge));
const store = createWorkbenchStore(client);
void startWorkbench(store, client);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App store={store} />);
