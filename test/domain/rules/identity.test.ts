import { describe, expect, test } from 'vitest';
import { factsWith, proposalOf } from '../good.ts';
import { saysOf } from './cases.ts';

describe('a surface whose owner is broken together with something else', () => {
  test('identity-agrees sees an identity of another market', () => {
    const identityId = '21';
    const facts = factsWith({
      surface: { identityId },
      snapshot: { facebookPageId: identityId },
      facts: { proposal: proposalOf(factsWith()) },
    });
    expect(saysOf('identity-agrees', facts)).toMatch(/Testmarke FR speaks for fr-FR, but the ad is for de-DE/);
  });

  test('identity-agrees sees an Instagram account that the brand knows only as a Page', () => {
    const facts = factsWith({ kind: 'instagram-media', surface: { identityId: '11' }, snapshot: { instagramAccountId: null } });
    expect(saysOf('identity-agrees', facts)).toMatch(/not one of Testmarke's identities/);
  });

  test('identity-agrees sees a surface of which nobody knows whose it is', () => {
    const proposal = proposalOf(factsWith());
    const facts = factsWith({ surface: { identityId: null }, snapshot: { facebookPageId: null }, facts: { proposal } });
    expect(saysOf('identity-agrees', facts)).toMatch(/Nothing tells which Page/);
    expect(saysOf('market-agrees', facts)).toMatch(/nothing tells which Page/);
  });
});
