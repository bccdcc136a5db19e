import {
  type Client,
  Connection,
  isGrpcServiceError,
  QueryNotRegisteredError,
  ServiceError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { type AdRef, formatAd } from '../domain/ad.ts';
import { ClientError } from './errors.ts';

/** What is asked about: in words, and what to do when Temporal does not know it. */
export interface Subject {
  readonly words: string;
  readonly whenUnknown: string;
}

export function runOf(ad: AdRef): Subject {
  const written = formatAd(ad);
  return {
    words: `the run of ${written}`,
    whenUnknown: `Temporal knows no run of ${written}. Start one with "first-comment run ${written}"; of one that ended long ago "first-comment explain ${written}" tells.`,
  };
}

/** What Temporal's client threw about a workflow of ours, as a `ClientError` that says what to do; anything else as it is. */
export function explained(client: Client, { words, whenUnknown }: Subject, error: unknown): unknown {
  if (error instanceof NamespaceNotFoundError) return missingNamespace(client);
  if (lacksSearchAttributes(error)) return notSetUp(client, error);
  if (error instanceof WorkflowNotFoundError) {
    return new ClientError('no-such-run', whenUnknown);
  }
  if (error instanceof WorkflowUpdateFailedError) {
    return new ClientError(
      'refused',
      `${capital(words)} refused: ${error.cause instanceof Error ? error.cause.message : error.message}.`,
    );
  }
  if (error instanceof WorkflowFailedError)
    return new ClientError('refused', `${capital(words)} did not complete: ${error.message}.`);
  if (error instanceof QueryNotRegisteredError || isGrpcServiceError(error) || error instanceof ServiceError) {
    return new ClientError(
      'unreachable',
      `Temporal or a worker does not answer about ${words}: ${error.message}. Is a worker running ("first-comment worker")?`,
    );
  }
  return error;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function missingNamespace(client: Client): ClientError {
  const { namespace } = client.options;
  return new ClientError(
    'not-set-up',
    `Namespace ${namespace} does not exist on ${addressOf(client)}. Set TEMPORAL_NAMESPACE to one that does, or create it: temporal operator namespace create --namespace ${namespace}`,
  );
}

function notSetUp(client: Client, error: ServiceError): ClientError {
  const why = isGrpcServiceError(error.cause) ? error.cause.details : error.message;
  return new ClientError(
    'not-set-up',
    `Namespace ${client.options.namespace} on ${addressOf(client)} lacks the search attributes of first-comment (${why}). Run "first-comment setup" once.`,
  );
}

/** The server has no code of its own for it: a start whose search attributes it does not know is an invalid argument. */
function lacksSearchAttributes(error: unknown): error is ServiceError {
  return error instanceof ServiceError && isGrpcServiceError(error.cause) && /search attribute/i.test(error.cause.details);
}

function addressOf({ connection }: Client): string {
  return connection instanceof Connection ? connection.options.address : 'this server';
}
