import { describe, expect, test } from 'vitest';
import { StoreError } from '../../store/errors.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

const stage = stageForThisFile();

const SAYS_FULL = `create function fc_full() returns trigger language plpgsql as $$
  begin raise exception using errcode = 'disk_full', message = 'could not extend file: No space left on device'; end $$`;

/** From now on Postgres refuses rows for this table as it does when its disk is full; until `free`. */
async function fill(table: string): Promise<{ free(): Promise<void> }> {
  await stage().rows(SAYS_FULL);
  await stage().rows(`create trigger fc_full before insert on ${table} for each row execute function fc_full()`);
  return { free: async () => void (await stage().rows('drop function fc_full cascade')) };
}

describe('a disk of the database that is full', () => {
  test('when the gate keeps its attempt lets nothing leave; the run goes on once there is space', async () => {
    const { ad, postId } = await stage().newAd();
    const disk = await fill('attempts');
    await stage().client.start(ad);
    const state = await until('the publish step has failed', async () => {
      const seen = await stage().client.state(ad);
      return seen.surfaces[0]?.says.includes('publish step failed') && seen;
    });
    expect(onlySurface(state).says).toMatch(/disk of the database .* is full.*Free space/);
    await expectNoComment(stage(), postId);
    expect(await stage().sandbox.publishRequests()).toBe(0);
    await disk.free();
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });

  test('when the answer is to be kept loses no comment and sends no second one', async () => {
    const { ad, postId } = await stage().newAd();
    const disk = await fill('attempt_records');
    await stage().client.start(ad);
    await until('the comment is there', async () => (await stage().sandbox.writes(postId)).length === 1);
    await disk.free();
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).attempts).toMatchObject([{ result: { kind: 'accepted' } }]);
  });

  test('is told in words that say what to do', async () => {
    const disk = await fill('incidents');
    const incident = { kind: 'drift', surfaceId: '1', evidence: {}, did: 'nothing' };
    const failing = stage().ledger.recordIncident(incident);
    await expect(failing).rejects.toBeInstanceOf(StoreError);
    await expect(stage().ledger.recordIncident(incident)).rejects.toMatchObject({ kind: 'full' });
    await disk.free();
    await stage().ledger.recordIncident(incident);
  });
});
