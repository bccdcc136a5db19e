import { resolve } from 'node:path';
import { connectClient, FirstCommentClient, type TemporalSettings } from '../client/index.ts';
import { loadBrand } from '../config/brand.ts';
import { connectionOf } from '../config/connection.ts';
import { readSettings, type Settings } from '../config/environment.ts';
import { readLocalEnvironment } from '../config/local-environment.ts';
import { formatProblem } from '../config/problem.ts';
import { type AdRef, parseAd } from '../domain/ad.ts';
import type { Brand, Profile } from '../domain/brand.ts';
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
  /** The server of `npm start`, unless the environment names one. */
  temporal(): Partial<TemporalSettings>;
  client(): Promise<FirstCommentClient>;
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
      const url = settings.databaseUrl ?? stack?.databaseUrl;
      if (url) return url;
      throw new UserError('No database is known. Set DATABASE_URL, or start everything here with "npm start".');
    },
    ledger: async () => {
      const ledger = await openLedger({ databaseUrl: context.databaseUrl() });
      open.push(ledger);
      return ledger;
    },
    temporal: () => {
      if (readLocalEnvironment().temporalAddress !== undefined || !stack) return {};
      return { address: stack.temporalAddress, namespace: stack.temporalNamespace };
    },
    client: async () => {
      const connected = await connectClient(context.temporal());
      open.push(connected);
      return new FirstCommentClient(connected.client);
    },
    close: async () => {
      for (const each of open.reverse()) await each.close();
    },
  };
  return context;
}

/** @throws UserError listing every mistake with its place and its mend. */
export function readBrandOrExplain(folder: string): Brand {
  const loaded = loadBrand(folder);
  if (loaded.ok) return loaded.brand;
  const listed = loaded.problems.map(formatProblem).join('\n');
  throw new UserError(`The brand folder ${resolve(folder)} has ${loaded.problems.length} mistake(s):\n${listed}`);
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
