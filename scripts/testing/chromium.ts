import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Some tests look at pages. In CI a missing browser would fail them, so there it is installed when we may: `null` when there is nothing to do. */
export function installChromiumIfNeeded(): { readonly ok: boolean } | null {
  const isThere = [process.env.CHROMIUM_PATH ?? '', ...USUAL_PLACES].some((path) => path !== '' && existsSync(path));
  const mayInstall = process.env.CI === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (isThere || !mayInstall) return null;
  process.stdout.write('\n== Chromium, for tests that look at pages ==\n');
  const ok = aptGet('install') || (aptGet('update') && aptGet('install'));
  if (!ok) process.stdout.write('Installing Chromium failed. Install it by hand, or name a browser in CHROMIUM_PATH.\n');
  return { ok };
}

function aptGet(command: 'install' | 'update'): boolean {
  const args = command === 'install' ? ['install', '-y', '-q', '--no-install-recommends', 'chromium'] : ['update', '-q'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}
