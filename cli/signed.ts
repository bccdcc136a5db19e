import type { Command } from 'commander';

const REQUIRED = { by: '--by <name>', why: '--why <reason>' } as const;

/** An order or decision that the ledger keeps names who gave it, and why. Whoever leaves out both hears of both at once. */
export function signed(command: Command): Command {
  return command
    .option(REQUIRED.by, 'who says so (required)')
    .option(REQUIRED.why, 'the reason, kept in the ledger (required)')
    .hook('preAction', (_, called) => {
      const given = called.opts<{ by?: string; why?: string }>();
      const missing = [given.by ? [] : [REQUIRED.by], given.why ? [] : [REQUIRED.why]].flat();
      if (missing.length > 0) called.error(`error: ${missing.map((each) => `'${each}'`).join(' and ')} must be given`);
    });
}
