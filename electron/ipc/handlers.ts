import type { Caller } from '#shared/domain/job';
import type { Call, Contract } from '#shared/ipc';

/** What must be supplied for one namespace of the contract. A call left out, or one too many, does not compile. */
export type Handlers<Space> = {
  readonly [
    Name in keyof Space as Space[Name] extends { kind: 'call' } ? Name : never
  ]: Space[Name] extends Call<infer Args, infer Result>
    ? (args: Args, signal: AbortSignal, caller: Caller) => Promise<Result>
    : never;
};

/** Namespaces that belong to one window and are never asked of a store's owner over its socket. */
export type WindowSpace = 'window' | 'workspace' | 'layouts';

export type StoreHandlers = {
  readonly [Space in Exclude<keyof Contract, WindowSpace>]: Handlers<Contract[Space]>;
};
export type WindowHandlers = { readonly [Space in WindowSpace]: Handlers<Contract[Space]> };
