/** Whose runs a process carries or starts: a brand folder's, under one of its profiles. */
export interface Served {
  readonly brandId: string;
  /** Name of the connection settings. */
  readonly profile: string;
}

export function sameServed(one: Served, other: Served): boolean {
  return one.brandId === other.brandId && one.profile === other.profile;
}

/** `brand brightloom with profile sandbox` */
export function tellServed({ brandId, profile }: Served): string {
  return `brand ${brandId} with profile ${profile}`;
}
