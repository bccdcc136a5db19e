import { log } from '@temporalio/activity';
import type { Ledger } from '../store/ledger.ts';
import type { Dependencies } from './dependencies.ts';

/** An ad that joins a commented surface later, for another market, is an incident that a person must see (protocol f). */
export async function noteMismatches({ ledger }: Dependencies, where: Parameters<Ledger['noteMismatches']>[0]): Promise<void> {
  const surfaces = await ledger.noteMismatches(where);
  if (surfaces.length === 0) return;
  log.warn('our comment stands on surfaces whose ads do not speak for one market', { surfaces });
}
