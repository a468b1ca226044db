import type { Child, ChildProgram, StartChild } from './child.ts';

/** What a child tells the one that uses it. */
export interface ChildUser {
  readonly onMessage: (message: unknown) => void;
  /** It has ended by itself; `reason` is for the log. */
  readonly onExit: (reason: string) => void;
}

/** Processes of one program, each with one user at a time. */
export interface KeptChildren {
  /** One that nobody else has, until it is given back or ended. */
  readonly take: (user: ChildUser) => Child;
  /** Keeps it for the next user, for a while. */
  readonly giveBack: (child: Child) => void;
  /** Ends it; its user is told nothing more. */
  readonly end: (child: Child) => void;
  /** Ends those that nobody uses. */
  readonly endIdle: () => void;
}

/** Starts a process where none is kept. One that nobody has used for `idleMs` is ended. */
export function keepChildren(startChild: StartChild, program: ChildProgram, idleMs: number): KeptChildren {
  const idle = new Map<Child, NodeJS.Timeout>();
  const users = new WeakMap<Child, ChildUser>();

  function start(): Child {
    const child = startChild(program);
    child.onMessage((message) => users.get(child)?.onMessage(message));
    child.onExit((reason) => {
      forget(child);
      users.get(child)?.onExit(reason);
      users.delete(child);
    });
    return child;
  }

  function forget(child: Child): void {
    clearTimeout(idle.get(child));
    idle.delete(child);
  }

  function end(child: Child): void {
    forget(child);
    users.delete(child);
    child.kill();
  }

  return {
    take(user) {
      const [spare] = idle.keys();
      if (spare !== undefined) forget(spare);
      const child = spare ?? start();
      users.set(child, user);
      return child;
    },
    giveBack(child) {
      users.delete(child);
      const timer = setTimeout(() => end(child), idleMs);
      timer.unref();
      idle.set(child, timer);
    },
    end,
    endIdle() {
      for (const child of [...idle.keys()]) end(child);
    },
  };
}
