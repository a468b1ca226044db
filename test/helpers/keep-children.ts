import type { Child, StartChild } from '../../electron/platform/child.ts';
import { forkFrom } from '../../electron/platform/fork-child.ts';

interface Kept {
  readonly child: Child;
  onMessage: (message: unknown) => void;
  onExit: (reason: string) => void;
  /** Messages that were not answered yet: our programs answer each one. */
  unanswered: number;
}

/**
 * Starts the product's programs, but keeps one that is let go while it has nothing to do for whoever asks next. One
 * that is killed at work is killed.
 */
export function keepChildren(folder: string): StartChild {
  const start = forkFrom(folder);
  const idle = new Map<string, Kept[]>();
  return (program) => {
    const waiting = idle.get(program) ?? [];
    idle.set(program, waiting);
    const kept = waiting.pop() ?? begin(start(program), waiting);
    return {
      post: (message) => {
        kept.unanswered += 1;
        kept.child.post(message);
      },
      onMessage: (listener) => {
        kept.onMessage = listener;
      },
      onExit: (listener) => {
        kept.onExit = listener;
      },
      kill: () => {
        if (kept.unanswered > 0) kept.child.kill();
        else waiting.push(kept);
      },
    };
  };
}

function begin(child: Child, waiting: Kept[]): Kept {
  const kept: Kept = { child, onMessage: () => undefined, onExit: () => undefined, unanswered: 0 };
  child.onMessage((message) => {
    const isProgress = (message as { readonly kind?: unknown }).kind === 'progress';
    if (!isProgress) kept.unanswered -= 1;
    kept.onMessage(message);
  });
  child.onExit((reason) => {
    const at = waiting.indexOf(kept);
    if (at >= 0) waiting.splice(at, 1);
    kept.onExit(reason);
  });
  return kept;
}
