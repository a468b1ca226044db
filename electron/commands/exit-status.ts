let status = 0;

/** Says how the command ended, for scripts: 0 unless told otherwise. */
export function setExitStatus(value: number): void {
  status = value;
}

export function exitStatus(): number {
  return status;
}
