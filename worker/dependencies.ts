import type { Logger as PinoLogger } from 'pino';
import type { Dependencies } from '../activities/dependencies.ts';
import type { FirstCommentClient } from '../client/index.ts';
import type { Brand, Profile } from '../domain/brand.ts';
import { DEFAULT_TIMING, scaleTiming, type Timing } from '../domain/timing.ts';
import { createMetaAdapter } from '../platforms/meta/index.ts';
import type { UsageReport } from '../platforms/platform.ts';
import type { Ledger } from '../store/ledger.ts';
import { createRunsPort } from './runs-port.ts';

export interface Assembly {
  readonly brand: Brand;
  readonly profile: Profile;
  readonly ledger: Ledger;
  readonly client: FirstCommentClient;
  readonly cluster: string;
  readonly namespace: string;
  readonly logger: PinoLogger;
  /** Looks a secret up by the name that the profile gives it; throws `UserError` when it is not set. */
  readonly secret: (name: string) => string;
  /** Replaces the profile's waits; for tests. */
  readonly timing?: Timing;
}

const LOUD_FROM_PERCENT = 75;

/** Puts together what the activities need. Secrets are read at call time and stay inside the adapter. */
export function assembleDependencies(assembly: Assembly): { dependencies: Dependencies; close(): Promise<void> } {
  const { brand, profile, ledger, client, cluster, namespace, logger, secret } = assembly;
  const { baseUrl, graphVersion, appId, appSecretEnv, systemUserTokenEnv, sendAdIdOnInstagram } = profile.meta;
  const meta = createMetaAdapter({
    baseUrl,
    graphVersion,
    appId,
    sendAdIdOnInstagram,
    plainHttp: profile.name === 'sandbox',
    secrets: () => ({ appSecret: secret(appSecretEnv), systemUserToken: secret(systemUserTokenEnv) }),
    onUsage: (report) => tellUsage(logger, report),
  });
  const dependencies: Dependencies = {
    brand,
    profile: profile.name,
    ledger,
    cluster,
    namespace,
    timing: assembly.timing ?? scaleTiming(DEFAULT_TIMING, profile.timingScale),
    platforms: { meta },
    runs: createRunsPort(client, { cluster, namespace }),
  };
  return { dependencies, close: () => meta.close() };
}

function tellUsage(logger: PinoLogger, report: UsageReport): void {
  const level = report.highestPercent >= LOUD_FROM_PERCENT ? 'warn' : 'debug';
  logger[level]({ ...report }, 'platform usage');
}
