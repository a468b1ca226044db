import './app/end-on-uncaught.ts';
import './platform/prepare-process.ts';
import { runApp } from './app/run-app.ts';
import { isForeignFolder } from './foreign-folder.ts';
import { openStore } from './open-store.ts';

runApp({
  openStore,
  isForeignFolder,
  makeDemoStore: async (folder) => {
    const { makeDemoStore } = await import('./jobs/demo/make-demo-store.ts');
    await makeDemoStore(folder);
  },
});
