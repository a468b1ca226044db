/** Whether keys are those of a Mac. */
export const isMac = /Mac/.test(navigator.userAgent);
