/** Whether keys that are pressed there are text, so that they must not be taken for commands. */
export function isTextField(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLInputElement && !/^(range|checkbox|radio|button|submit)$/.test(target.type)) ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
