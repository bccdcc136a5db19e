import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../cli/local/ports.ts';
import { removeEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';

/** An empty state folder with the settings of a start that meets nothing else on this machine. */
export interface OwnHome {
  /** Free ports, and none of the settings that the caller's own environment may hold. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Deletes the folder and what a start left outside it. */
  remove(): Promise<void>;
}

export async function ownHome(purpose: string): Promise<OwnHome> {
  const home = mkdtempSync(join(tmpdir(), `first-comment-${purpose}-`));
  const env = {
    FIRST_COMMENT_HOME: home,
    FIRST_COMMENT_TEMPORAL_PORT: String(await freePort()),
    FIRST_COMMENT_TEMPORAL_UI_PORT: String(await freePort()),
    FIRST_COMMENT_SANDBOX_PORT: String(await freePort()),
    FIRST_COMMENT_SANDBOX_URL: undefined,
    FIRST_COMMENT_BRAND: undefined,
    FIRST_COMMENT_PROFILE: undefined,
    DATABASE_URL: undefined,
    TEMPORAL_ADDRESS: undefined,
    TEMPORAL_NAMESPACE: undefined,
  };
  const remove = async () => {
    // As root the database lies outside the state folder.
    await removeEmbeddedPostgres(join(home, 'postgres'));
    rmSync(home, { recursive: true, force: true });
  };
  return { env, remove };
}
