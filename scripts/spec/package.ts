import { createHash } from 'node:crypto';

/** The official package whose generated classes carry Meta's published shapes. */
export const PACKAGE = {
  name: 'facebook_business',
  version: '26.0.3',
  sha256: 'e5e6980f1bf70473dead9d37eb0408f1d677876f44d509d22671d39395f9f63f',
} as const;

const FILE = `${PACKAGE.name}-${PACKAGE.version}.tar.gz`;
const PUBLIC_INDEX = 'https://pypi.org/simple';

/**
 * Fetches the package from the index that pip would ask: `PIP_INDEX_URL`, else the public one.
 * @throws PackageProblem when the index does not have it
 */
export async function fetchPackage(index: string | undefined): Promise<Buffer> {
  const page = new URL(`${(index || PUBLIC_INDEX).replace(/\/+$/, '')}/${PACKAGE.name.replaceAll('_', '-')}/`);
  const headers = credentialsOf(page);
  const listed = await get(page, { ...headers, accept: 'text/html' });
  const href = [...listed.toString('utf8').matchAll(/<a\s[^>]*href="([^"]+)"/gi)]
    .map(([, target = '']) => target.replaceAll('&amp;', '&'))
    .find((target) => target.split('#')[0]?.endsWith(`/${FILE}`) || target.split('#')[0] === FILE);
  if (href === undefined) throw new PackageProblem(`The package index does not list ${FILE}. Set PIP_INDEX_URL, or give --file.`);
  const file = new URL(href, page);
  return get(file, file.origin === page.origin ? headers : {});
}

/** What whoever runs the script can mend: another file, another index. */
export class PackageProblem extends Error {
  override readonly name = 'PackageProblem';
}

/** @throws PackageProblem when the bytes are not those that this script was written for */
export function checkHash(bytes: Buffer): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === PACKAGE.sha256) return;
  throw new PackageProblem(
    `${FILE} has sha256 ${found}; ${PACKAGE.sha256} is pinned in scripts/spec/package.ts. Nothing was written.`,
  );
}

/** How long one answer of the index may take, milliseconds. */
const DEADLINE_MS = 60_000;
/** The package has about 3 MB, the index page of its files less. */
const MOST_BYTES = 64 * 1024 * 1024;

/** @throws PackageProblem when the index says no, is silent, or sends more than any package of this size */
export async function get(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { deadlineMs, mostBytes } = { deadlineMs: DEADLINE_MS, mostBytes: MOST_BYTES },
): Promise<Buffer> {
  // The address may hold credentials, so only its last part is named.
  const name = url.pathname.split('/').slice(-2).join('/');
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const answer = await fetch(url, { headers, signal });
    if (!answer.ok) throw new PackageProblem(`The package index answered ${answer.status} for ${name}`);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new PackageProblem(`The package index sent more than ${mostBytes} bytes for ${name}`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (signal.aborted) throw new PackageProblem(`The package index did not answer within ${deadlineMs} ms for ${name}`);
    throw error;
  }
}

/** `fetch` takes no address with credentials in it: they are moved into a header. */
function credentialsOf(url: URL): Readonly<Record<string, string>> {
  if (url.username === '') return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
