import { expect, test } from 'vitest';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';
import { makeLooksDue } from './scene.ts';

const stage = stageForThisFile({ timing: { looksMs: [3_600_000] } });

test('what is due is done by the schedule alone, and what was done stands in the ledger and in the workflow list', async () => {
  const { ad, postId } = await stage().newAd();
  const { commentId } = onlySurface(await stage().run(ad));
  await makeLooksDue(stage(), postId);
  await stage().client.ensureSweeps({ brandId: 'brightloom', profile: 'sandbox' }, stage().brand.accounts, 1_000);
  await until('the look was done', async () => (await stage().story(ad)).plannedLooks.every(({ doneAt }) => doneAt !== null));
  expect((await stage().story(ad)).visibility).toMatchObject([{ commentId }, { commentId, visible: true }]);
  const { sweeps } = await until('each account was swept', async () => {
    const overview = await stage().ledger.readOverview();
    return overview.sweeps.length === stage().brand.accounts.length && overview;
  });
  expect(sweeps.map(({ account }) => account).sort()).toEqual(
    stage()
      .brand.accounts.map(({ accountId }) => `meta/${accountId}`)
      .sort(),
  );
  await until('the sweeps can be found', async () => {
    const query = `WorkflowType = 'sweep' AND FcAccount = '${ad.accountId}'`;
    return (await stage().temporal.workflow.count(query)).count > 0;
  });
});
