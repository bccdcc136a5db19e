import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import { MEDIA, POST, running, SECRETS, smallWorld } from './small-world.ts';

function stateDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test('What was written survives an end without goodbye, and the tokens stay the same', async () => {
  const stateDir = stateDirectory();
  const abandoned = await running(smallWorld(), { stateDir });
  const id = await abandoned.comment('kept');
  const gone = await abandoned.comment('deleted again');
  const token = await abandoned.pageToken();
  await abandoned.call(`/v26.0/${gone}`, { method: 'DELETE', token });
  await abandoned.call(`/control/objects/${MEDIA}`, { method: 'PATCH', json: { comments_enabled: false } });
  await abandoned.call('/control/seed', { method: 'POST', json: { posts: [{ id: '4000001_77', message: 'later' }] } });

  const { call, standing, comment } = await running(smallWorld(), { stateDir });
  expect((await call(`/v26.0/${id}`, { token })).at('message')).toBe('kept');
  expect(await standing()).toBe(1);
  expect((await call('/control/writes')).at('writes')).toHaveLength(3);
  expect((await call(`/v26.0/${MEDIA}?fields=is_comment_enabled`)).at('is_comment_enabled')).toBe(false);
  expect((await call('/v26.0/4000001_77?fields=message')).at('message')).toBe('later');
  expect(await comment('after the restart')).not.toBe(gone);
});

test('A last line that was cut short is dropped and said; a broken line before it stops the start and is named', async () => {
  const stateDir = stateDirectory();
  const first = await running(smallWorld(), { stateDir });
  await first.comment('whole');
  const file = join(stateDir, 'sandbox-journal.jsonl');
  appendFileSync(file, '{"kind":"comment-crea');
  const second = await running(smallWorld(), { stateDir });
  expect(await second.standing()).toBe(1);
  expect(second.sandbox.notices.join()).toContain('cut short');
  await second.comment('written after the cut');
  expect(await (await running(smallWorld(), { stateDir })).standing()).toBe(2);

  writeFileSync(file, `${readFileSync(file, 'utf8')}nonsense\n{}\n`);
  await expect(startSandbox({ port: 0, world: smallWorld(), stateDir, secrets: SECRETS })).rejects.toThrow(
    'sandbox-journal.jsonl:4',
  );
});

test('When the world changes, what was written is kept, what no longer fits is left out, and both are said', async () => {
  const stateDir = stateDirectory();
  const before = await running(smallWorld(), { stateDir });
  await before.comment('on the post');
  await before.comment('on the media', MEDIA);
  const changed = smallWorld({ media: [], posts: [{ id: POST, message: 'rewritten' }] });
  const after = await running(changed, { stateDir });
  expect(await after.standing(POST)).toBe(1);
  expect(after.sandbox.notices.join()).toContain('kept its 2 mutations');
  expect(after.sandbox.notices.join()).toContain(`left out an old comment-created: no thread ${MEDIA}`);
});

test('A busy port is named together with the way out, and the journal of who listens there stays as it is', async () => {
  const stateDir = stateDirectory();
  const { sandbox } = await running(smallWorld(), { stateDir });
  const journal = () => readFileSync(join(stateDir, 'sandbox-journal.jsonl'), 'utf8');
  const before = journal();
  const other = smallWorld({ posts: [{ id: POST, message: 'another world' }] });
  const second = startSandbox({ port: sandbox.port, world: other, stateDir, secrets: SECRETS });
  await expect(second).rejects.toThrow(new RegExp(`port ${sandbox.port} .* is taken; stop what listens there`));
  expect(journal()).toBe(before);
});
