import { log } from '@temporalio/activity';

/** An ad that joins a commented surface later, for another market, is an incident that a person must see (protocol f). */
export function tellMismatches(surfaces: readonly string[]): void {
  if (surfaces.length === 0) return;
  log.warn('our comment stands on surfaces whose ads do not speak for one market', { surfaces });
}
