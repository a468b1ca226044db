import { channels, type Bridge } from '#shared/ipc';
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

const known = new Set(channels.map(({ channel }) => channel));

const bridge: Bridge = {
  call: async (channel, args) => (await ipcRenderer.invoke(allowed(channel), args)) as unknown,
  subscribe(channel, listener) {
    const forward = (_event: IpcRendererEvent, payload: unknown) => listener(payload);
    ipcRenderer.on(allowed(channel), forward);
    return () => void ipcRenderer.off(channel, forward);
  },
};

contextBridge.exposeInMainWorld('bridge', bridge);

function allowed(channel: string): string {
  if (!known.has(channel)) throw new Error(`Not in the contract: ${channel}`);
  return channel;
}
