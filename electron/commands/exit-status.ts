/** What a command ends with that was told to stop, as shells give it. */
export const stoppedStatus = 130;

let status = 0;

/** Says how the command ended, for scripts: 0 unless told otherwise. */
export function setExitStatus(value: number): void {
  status = value;
}

/** What the process ends with when its command has come to its end. */
export function exitStatus(): number {
  return status;
}

/** What it ends with when the command threw: 1, unless that is because it was told to stop. */
export function statusOfFailure(): number {
  return status === stoppedStatus ? stoppedStatus : 1;
}
