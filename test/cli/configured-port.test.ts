import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, temporaryHome } from './run-cli.ts';

// Nothing is up here. Commands then go where "npm start" would bring Temporal up, unless somebody names another server.

const AD = 'meta/act_100200/23850000004';

let place: Awaited<ReturnType<typeof temporaryHome>>;

beforeAll(async () => {
  place = await temporaryHome();
});

afterAll(() => place.remove());

test('a command without a stack goes to the configured port', async () => {
  const { code, stderr } = await runCli(['status', AD], place.variables);
  expect(code).toBe(2);
  expect(stderr).toContain(`No Temporal server answers at localhost:${place.variables.FIRST_COMMENT_TEMPORAL_PORT}`);
});

test('a server of temporal.toml goes before the configured port', async () => {
  const file = join(place.home, 'temporal.toml');
  writeFileSync(file, '[profile.default]\naddress = "127.0.0.1:3"\n');
  const { stderr } = await runCli(['status', AD], { ...place.variables, TEMPORAL_CONFIG_FILE: file });
  expect(stderr).toContain('No Temporal server answers at 127.0.0.1:3');
});
