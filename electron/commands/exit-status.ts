let status = 0;

/** Says how the command ended, for scripts: 0 unless told otherwise. */
export function setExitStatus(value: number): void {
  status = value;
}

/** What the process ends with when its command has come to its end; one that throws ends with 1 whatever this says. */
export function exitStatus(): number {
  return status;
}
