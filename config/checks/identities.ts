import type { Folder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { placeOf, problemAt } from '../yaml-file.ts';

/** Identities: each speaks for one known market; an Instagram account is linked to a Page of the same market. */
export function checkIdentities({ identities, markets }: Folder): readonly Problem[] {
  if (!identities) return [];
  const { file, value } = identities;
  return value.identities.flatMap((identity, at) => {
    const path = ['identities', at] as const;
    const found: Problem[] = [];
    const earlier = value.identities.findIndex(({ identityId }) => identityId === identity.identityId);
    if (earlier < at) {
      const place = placeOf(file, ['identities', earlier]);
      const problem = `identity ${identity.identityId} already speaks for ${value.identities[earlier]?.marketId} at ${place}`;
      found.push(problemAt(file, [...path, 'identityId'], problem, 'let each identity speak for one market'));
    }
    if (markets && identity.kind === 'instagram-account') {
      const page = value.identities.find(
        ({ kind, identityId }) => kind === 'facebook-page' && identityId === identity.linkedPageId,
      );
      if (page?.marketId !== identity.marketId) {
        const problem = page
          ? `Page ${identity.linkedPageId} speaks for ${page.marketId}, not for ${identity.marketId}`
          : `Page ${identity.linkedPageId} is not one of the identities`;
        found.push(problemAt(file, [...path, 'linkedPageId'], problem, `name the Page of ${identity.marketId}`));
      }
    }
    return found;
  });
}
