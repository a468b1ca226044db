import '../../../renderer/no-generated-code.ts';
import { defaultDemo, demoMarket } from '../../../electron/jobs/demo/demo-market.ts';
import { fakeStore } from '../fake-store.ts';
import { hostileMarket } from './hostile-market.ts';

/** The window in an ordinary browser, without Electron: on the demo market, or with `?hostile` on a strange one. */
const isHostile = location.search === '?hostile';
const market = isHostile ? hostileMarket() : demoMarket(defaultDemo);
const store = fakeStore({
  series: 'series' in market ? market.series : market.symbols,
  events: market.events,
  workspace: localStorage.getItem('workspace'),
  summary: { name: 'demo', isDemo: true, sizeBytes: 12_345_678, fileCount: 312, appVersion: '0.1.0' },
});
const bridge = {
  ...store.bridge,
  call: (channel: string, args: unknown) => {
    if (channel === 'workspace.save') localStorage.setItem('workspace', (args as { text: string }).text);
    return store.bridge.call(channel, args);
  },
};
Object.assign(window, { bridge, fake: store });
await import('../../../renderer/main.tsx');
