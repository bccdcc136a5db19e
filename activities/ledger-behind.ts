import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { StoreError } from '../store/errors.ts';
import { type BehindDetails, FAILURE } from './failure-contract.ts';

/**
 * The same activities; a row that the ledger does not have comes to the workflow as a failure of its own, since no repetition of
 * the step would find it (protocol k). The ledger has paused publishing everywhere by then.
 */
export function tellingBehind<Activities extends object>(activities: Activities): Activities {
  const telling = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...given: unknown[]) => {
      try {
        return await (activity as (...given: unknown[]) => Promise<unknown>)(...given);
      } catch (error) {
        throw error instanceof StoreError && error.kind === 'ledger-behind' ? failureOf(error) : error;
      }
    },
  ]);
  return Object.fromEntries(telling) as Activities;
}

function failureOf({ message, pauseId }: StoreError): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.behind,
    message,
    nonRetryable: true,
    details: [{ pauseId } satisfies BehindDetails],
    category: ApplicationFailureCategory.BENIGN,
  });
}
