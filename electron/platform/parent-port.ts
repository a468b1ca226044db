/** A child's way to the process that started it, under Electron and under plain Node. */
export interface ParentPort {
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Under plain Node this process ends by itself when its parent has gone, whatever it is doing. */
export function parentPort(): ParentPort {
  const utility = (process as { parentPort?: UtilityPort }).parentPort;
  if (utility !== undefined) {
    return {
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', ({ data }) => listener(data)),
    };
  }
  // An orphan has nobody to work for.
  process.once('disconnect', () => process.exit(0));
  // A terminal sends Ctrl-C to every process of the command: the parent decides what becomes of the work.
  process.on('SIGINT', () => undefined);
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}
