import { StoreError } from '../errors.ts';

/** How a database is named to people: host, port and name, never user or password. */
export function describeDatabase(databaseUrl: string): string {
  const url = readAddress(databaseUrl);
  const name = decodeURIComponent(url.pathname.replace(/^\//, '')) || 'postgres';
  return `${url.hostname || 'localhost'}:${url.port || '5432'}/${name}`;
}

/** @throws StoreError `bad-address`; the address itself is not repeated, it may hold a password. */
export function readAddress(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  if (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') return url;
  throw new StoreError(
    'bad-address',
    'The database address is not a Postgres URL. Write DATABASE_URL as postgres://user:password@host:5432/database, ' +
      'with special characters in the password percent-encoded.',
  );
}
