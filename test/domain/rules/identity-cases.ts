import { factsWith } from '../good.ts';
import type { Broken } from './cases.ts';

/** By whom. */
export const IDENTITY: readonly Broken[] = [
  [
    'identity-agrees',
    'a surface of another Page than the ad names',
    factsWith({ snapshot: { facebookPageId: '999' } }),
    'blocked',
    /names Page 999, but the surface belongs to 11/,
  ],
  [
    'identity-agrees',
    'an Instagram account of another than the ad names',
    factsWith({ kind: 'instagram-media', snapshot: { instagramAccountId: '99' } }),
    'blocked',
    /names Instagram account 99/,
  ],
  [
    'identity-agrees',
    'a surface owned by an identity of another kind',
    factsWith({ kind: 'instagram-media', surface: { identityId: '11' }, snapshot: { instagramAccountId: null } }),
    'blocked',
    /Instagram account 11 is not one of/,
  ],
];
