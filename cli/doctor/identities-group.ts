import { notChecked } from './findings.ts';
import type { Group } from './patient.ts';
import { NO_BRAND, whyNotAsked, withExaminer } from './with-examiner.ts';

/** Pages and Instagram accounts of identities.yaml, ad accounts of brand.yaml. */
export const identitiesGroup: Group = {
  name: 'identities',
  timeoutMs: 40_000,
  async examine(patient, tell, signal) {
    const { brand, profile } = patient;
    const why = whyNotAsked(patient);
    if (!brand || !profile || why !== null) return tell([notChecked('identities', why ?? NO_BRAND)]);
    await withExaminer(patient, profile, async (examiner) => {
      const mine = <T extends { readonly platform: string }>(all: readonly T[]) =>
        all.filter(({ platform }) => platform === examiner.platform);
      const accountIds = mine(brand.accounts).map(({ accountId }) => accountId);
      const [identities, accounts] = await Promise.all([
        examiner.examineIdentities(mine(brand.identities), signal),
        examiner.examineAccounts(accountIds, signal),
      ]);
      tell([...identities, ...accounts]);
    });
  },
};
