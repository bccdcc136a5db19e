import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sandboxControl } from '../helpers/sandbox-control.ts';
import { until } from '../helpers/until.ts';
import { type StartedCli, startCli, temporaryHome } from './run-cli.ts';

let place: Awaited<ReturnType<typeof temporaryHome>>;
let brand: string;
const started: StartedCli[] = [];

beforeEach(async () => {
  place = await temporaryHome();
  brand = mkdtempSync(join(tmpdir(), 'first-comment-brand-'));
  cpSync('examples/brightloom', brand, { recursive: true });
});

afterEach(async () => {
  for (const { child } of started) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(started.splice(0).map(({ ended }) => ended));
  rmSync(brand, { recursive: true, force: true });
  await place.remove();
});

async function serve(): Promise<StartedCli> {
  const each = startCli(['sandbox'], { ...place.variables, FIRST_COMMENT_BRAND: brand });
  started.push(each);
  await until('it says where the sandbox is', async () => {
    if (each.child.exitCode !== null) throw new Error(each.output());
    return each.output().includes('/feed');
  });
  return each;
}

test('a second sandbox on the port takes the place of the first when that ends, with all that was written there', async () => {
  const [first, second] = [await serve(), await serve()];
  const sandbox = sandboxControl(`http://127.0.0.1:${place.variables.FIRST_COMMENT_SANDBOX_PORT}`);
  const [{ objectId } = { objectId: '' }] = await surfacesOf(sandbox.url);
  const written = await sandbox.comment({ object_id: objectId, message: 'Hello from us' });
  first.child.kill('SIGINT');
  expect((await first.ended).code).toBe(0);
  await until('the second one serves', async () => second.output().includes('this one serves it now'));
  await sandbox.patch(written, { is_hidden: true });
  second.child.kill('SIGINT');
  expect((await second.ended).code).toBe(0);
});

test('a second sandbox that cannot take the place of the first ends with the reason', async () => {
  const [first, second] = [await serve(), await serve()];
  writeFileSync(join(brand, 'sandbox-world.yaml'), 'posts: [');
  first.child.kill('SIGINT');
  const { code, stderr } = await second.ended;
  expect(code).toBe(2);
  expect(stderr).toContain('sandbox-world.yaml');
});

async function surfacesOf(url: string): Promise<readonly { objectId: string }[]> {
  const answer = await fetch(`${url}/control/truth`);
  return ((await answer.json()) as { surfaces: { objectId: string }[] }).surfaces;
}
