import { resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { connectClient, FirstCommentClient, type TemporalSettings } from '../client/index.ts';
import { loadBrand } from '../config/brand.ts';
import { connectionOf } from '../config/connection.ts';
import { readSettings, type Settings } from '../config/environment.ts';
import { readLocalEnvironment } from '../config/local-environment.ts';
import { formatProblem } from '../config/problem.ts';
import { type AdRef, parseAd } from '../domain/ad.ts';
import type { Brand, Profile } from '../domain/brand.ts';
import { counted } from '../domain/counted.ts';
import { sameServed, tellServed } from '../domain/served.ts';
import { UserError } from '../domain/user-error.ts';
import { type OpenLedger, openLedger } from '../store/open-ledger.ts';
import { readStackFile, type StackFile } from './stack-file.ts';

/** What every command may ask for; each thing is opened when asked and closed with the command. */
export interface Context {
  readonly settings: Settings;
  /** Addresses of the stack that `npm start` brought up here, if one is up. */
  readonly stack: StackFile | null;
  readonly json: boolean;
  brand(): Brand;
  profile(): Profile;
  databaseUrl(): string;
  ledger(): Promise<OpenLedger>;
  /** The server that the environment or `temporal.toml` names, else that of `npm start`, else the configured port here. */
  temporal(): Partial<TemporalSettings>;
  client(): Promise<FirstCommentClient>;
  /** As `client`, for commands that start runs: these say for which brand and profile they are. */
  startingClient(): Promise<FirstCommentClient>;
  /** @throws UserError when what `npm start` brought up here serves another brand or profile */
  refuseOtherStack(): void;
  close(): Promise<void>;
}

export function createContext(json: boolean): Context {
  const settings = readSettings();
  const stack = readStackFile(settings.home);
  const open: { close(): Promise<void> }[] = [];
  const context: Context = {
    settings,
    stack,
    json,
    brand: () => readBrandOrExplain(settings.brandFolder),
    profile: () => connectionOf(context.brand(), settings),
    databaseUrl: () => {
      if (settings.databaseUrl !== null) return settings.databaseUrl;
      context.refuseOtherStack();
      if (stack) return stack.databaseUrl;
      throw new UserError('No database is known. Set DATABASE_URL, or start everything here with "npm start".');
    },
    ledger: async () => {
      const ledger = await openLedger({ databaseUrl: context.databaseUrl() });
      open.push(ledger);
      return ledger;
    },
    temporal: () => {
      if (readLocalEnvironment().temporalAddress !== undefined) return {};
      if (!stack) return localServer(settings);
      context.refuseOtherStack();
      return { address: stack.temporalAddress, namespace: stack.temporalNamespace };
    },
    client: async () => {
      const connected = await connectClient(context.temporal());
      open.push(connected);
      return new FirstCommentClient(connected.client);
    },
    startingClient: async () => {
      const startsFor = { brandId: context.brand().id, profile: context.profile().name };
      const connected = await connectClient(context.temporal());
      open.push(connected);
      return new FirstCommentClient(connected.client, startsFor);
    },
    refuseOtherStack: () => {
      if (stack) refuseOther(stack, settings);
    },
    close: async () => {
      for (const each of open.reverse()) await each.close();
    },
  };
  return context;
}

/** Where `npm start` would bring Temporal up, unless a profile of `temporal.toml` names a server. */
function localServer({ temporalPort }: Settings): Partial<TemporalSettings> {
  const { connectionOptions } = loadClientConnectConfig();
  return connectionOptions.address === undefined && temporalPort !== 0 ? { address: `localhost:${temporalPort}` } : {};
}

/** A brand folder that is the stack's own is not read again: `status` must answer also while somebody edits it. */
function refuseOther(stack: StackFile, { brandFolder, profile }: Settings): void {
  const brandId = brandFolder === stack.brandFolder ? stack.brandId : readBrandOrExplain(brandFolder).id;
  const asked = { brandId, profile };
  if (sameServed(stack, asked)) return;
  throw new UserError(
    `What "npm start" brought up here serves ${tellServed(stack)}; this command is for ${tellServed(asked)}. Set FIRST_COMMENT_BRAND=${stack.brandFolder} and FIRST_COMMENT_PROFILE=${stack.profile}, or name the servers of the other with DATABASE_URL and TEMPORAL_ADDRESS.`,
  );
}

/** @throws UserError listing every mistake with its place and its mend. */
export function readBrandOrExplain(folder: string): Brand {
  const loaded = loadBrand(folder);
  if (loaded.ok) return loaded.brand;
  const listed = loaded.problems.map(formatProblem).join('\n');
  if (loaded.problems.some(({ place }) => place === '')) throw new UserError(listed);
  throw new UserError(`The brand folder ${resolve(folder)} has ${counted(loaded.problems.length, 'mistake')}:\n${listed}`);
}

/** @throws UserError saying how an ad is written. */
export function adFrom(text: string): AdRef {
  const parsed = parseAd(text);
  if (parsed.ok) return parsed.ad;
  throw new UserError(`${parsed.problem}.`);
}

/** As `adFrom`, and the account must be one of the brand's: a run of a foreign one is not even started. */
export function brandsAd(text: string, brand: Brand): AdRef {
  const ad = adFrom(text);
  const known = brand.accounts.filter((account) => account.platform === ad.platform);
  if (known.some((account) => account.accountId === ad.accountId)) return ad;
  const accounts = known.map((account) => account.accountId).join(', ');
  throw new UserError(
    `${ad.accountId} is not an account of ${brand.name} (${accounts}). If it is the brand's, add it to brand.yaml.`,
  );
}
