/** Packages of others that the product is made with; put there by the build. */
declare const thirdPartyPackages: readonly {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}[];
