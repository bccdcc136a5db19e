import type { PlatformExaminer } from '../../examiner.ts';
import { openHttpDoor } from '../exchange.ts';
import { createGraph } from '../graph.ts';
import { answerLiveQuestions } from '../live/index.ts';
import { MANUAL_RECIPES } from '../live/recipes.ts';
import { createScrubber } from '../scrub.ts';
import { graphAddress, type MetaSettings } from '../settings.ts';
import { examineAccounts } from './accounts.ts';
import { readClock } from './clock.ts';
import { examineCredentials } from './credentials.ts';
import { examineIdentities } from './identities.ts';

/**
 * What `doctor` asks Meta. It shares tokens, proofs and errors with the adapter, and only reads.
 * @throws Error when `baseUrl` or `graphVersion` cannot be used.
 */
export function createMetaExaminer(settings: MetaSettings): PlatformExaminer {
  const address = graphAddress(settings);
  const door = openHttpDoor(address.origin);
  const graph = createGraph(settings, address, door, createScrubber());
  return {
    platform: 'meta',
    examineCredentials: (signal) => examineCredentials(graph, settings, signal),
    examineIdentities: (identities, signal) => examineIdentities(graph, identities, signal),
    examineAccounts: (accountIds, signal) => examineAccounts(graph, accountIds, signal),
    readClock: (signal) => readClock(graph, signal),
    answerLiveQuestions: (subjects, signal) => answerLiveQuestions(graph, subjects, signal),
    manualRecipes: MANUAL_RECIPES,
    close: () => door.close(),
  };
}
