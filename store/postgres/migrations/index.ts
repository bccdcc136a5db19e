import type { Migration, MigrationProvider } from 'kysely/migration';
import * as ledgerAndControl from './0001-ledger-and-control.ts';
import * as adsAndSurfaces from './0002-ads-and-surfaces.ts';
import * as runsAndFacts from './0003-runs-and-facts.ts';
import * as approvals from './0004-approvals.ts';
import * as claimsAndAttempts from './0005-claims-and-attempts.ts';
import * as publicationsAndLooks from './0006-publications-and-looks.ts';
import * as baselines from './0007-baselines.ts';
import * as knownAds from './0008-known-ads.ts';
import * as unusableSurfaces from './0009-unusable-surfaces.ts';
import * as whoseComments from './0010-whose-comments.ts';
import * as sweep from './0011-sweep.ts';
import * as withdrawalCriteria from './0012-withdrawal-criteria.ts';
import * as edits from './0013-edits.ts';
import * as settling from './0014-settling.ts';
import * as endsAndMissingLooks from './0015-ends-and-missing-looks.ts';
import * as removalsAgain from './0016-removals-again.ts';
import * as sweepsBegun from './0017-sweeps-begun.ts';
import * as openIncidents from './0018-open-incidents.ts';

/** Forward only, in the order of their names. A migration that was released is never edited. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-ledger-and-control': ledgerAndControl,
  '0002-ads-and-surfaces': adsAndSurfaces,
  '0003-runs-and-facts': runsAndFacts,
  '0004-approvals': approvals,
  '0005-claims-and-attempts': claimsAndAttempts,
  '0006-publications-and-looks': publicationsAndLooks,
  '0007-baselines': baselines,
  '0008-known-ads': knownAds,
  '0009-unusable-surfaces': unusableSurfaces,
  '0010-whose-comments': whoseComments,
  '0011-sweep': sweep,
  '0012-withdrawal-criteria': withdrawalCriteria,
  '0013-edits': edits,
  '0014-settling': settling,
  '0015-ends-and-missing-looks': endsAndMissingLooks,
  '0016-removals-again': removalsAgain,
  '0017-sweeps-begun': sweepsBegun,
  '0018-open-incidents': openIncidents,
};

/** The version of the ledger's schema that this code reads and writes. */
export const SCHEMA_VERSION = Object.keys(MIGRATIONS).length;

export const migrationProvider: MigrationProvider = {
  getMigrations: async () => ({ ...MIGRATIONS }),
};
