import { join } from 'node:path';
import type { Dependencies } from '../../activities/dependencies.ts';
import { createLedgerActivities } from '../../activities/index.ts';
import type { CopyApproval } from '../../domain/brand.ts';
import { openLedger } from '../../store/open-ledger.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { createLogger, temporalLogger } from '../../worker/logger.ts';
import { BRAND } from '../domain/good.ts';
import { awaitsOfCode, placeOfStep } from './awaits.ts';
import { WorkflowVms } from './driver/workflow-vm.ts';
import type { Theatre } from './play.ts';

const BUNDLES = join(import.meta.dirname, '../../node_modules/.cache/first-comment-tests');
/** Each cell has one call under way at most. */
const CONNECTIONS = 20;

/** Cells are numbered, and their numbers become ids of the platform; those of two parts on one ledger must differ. */
const CELLS_OF_A_PART = 100_000;

/** The real workflow bundle and a real, migrated ledger, which the cells share; each has ads, surfaces and identities of its own. */
export async function openTheatre(databaseUrl: string, part = 0): Promise<Theatre & { close(): Promise<void> }> {
  const bundle = await workflowBundle(BUNDLES, temporalLogger(createLogger({ level: 'fatal', secrets: [] })));
  const ledger = await openLedger({ databaseUrl, maxConnections: CONNECTIONS });
  await ledger.importApprovals(BRAND.copy.map(approved));
  // Only their names are asked for here: each attempt gets activities of its own.
  const names = Object.keys(createLedgerActivities({ ledger } as unknown as Dependencies));
  const awaits = awaitsOfCode();
  const vms = await WorkflowVms.open(bundle.code, names, (name, summary) => placeOfStep(awaits, name, summary));
  let cells = CELLS_OF_A_PART * (part + 1);
  return {
    ledger,
    vms,
    nextCell: () => {
      cells += 1;
      return cells;
    },
    close: async () => {
      await vms.close();
      await ledger.close();
    },
  };
}

function approved({ patternId, locale, version, capability, hash }: (typeof BRAND.copy)[number]): CopyApproval {
  const approvedAt = '2026-11-01T09:00:00.000Z';
  return { patternId, locale, version, capability, hash, approvedBy: 'Head of Brand', approvedAt, expiresAt: null };
}
