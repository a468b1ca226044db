import { channels, droppedChannel, type Bridge } from '#shared/ipc';
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';

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

// Main is told of dropped files from here: the page has no say in which ones they are.
window.addEventListener(
  'drop',
  (event) => {
    const files = event.isTrusted ? [...(event.dataTransfer?.files ?? [])] : [];
    const paths = files.map(pathOf).filter((path) => path !== '');
    if (paths.length > 0) ipcRenderer.send(droppedChannel, paths);
  },
  true,
);

/** Empty for what is no file on a disk. Before version 32 Electron put the path on the file itself. */
function pathOf(file: DroppedFile): string {
  const hasUtils = (webUtils as typeof webUtils | undefined) !== undefined;
  return hasUtils ? webUtils.getPathForFile(file as never) : (file.path ?? '');
}

function allowed(channel: string): string {
  if (!known.has(channel)) throw new Error(`Not in the contract: ${channel}`);
  return channel;
}

interface DroppedFile {
  readonly path?: string;
}

/** Main has no types of the DOM, of which this is all that is used here. */
declare const window: {
  readonly addEventListener: (
    type: 'drop',
    listener: (event: {
      readonly isTrusted: boolean;
      readonly dataTransfer: { readonly files: ArrayLike<DroppedFile> & Iterable<DroppedFile> } | null;
    }) => void,
    capture: true,
  ) => void;
};
