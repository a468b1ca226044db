import { useWorkbench } from './use-workbench.ts';

/** Whether the store may only be read here: then nothing that would change it can be pressed. */
export function useIsReader(): boolean {
  return useWorkbench(
    ({ catalog: { summary } }) => summary.phase === 'ready' && summary.value.access === 'reader',
  );
}
