import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { LocalSetupError } from './setup-error.ts';

export type SearchAttributeType = 'Keyword' | 'KeywordList' | 'Bool';
export type SearchAttributeTypes = Readonly<Record<string, SearchAttributeType>>;

/** Numbers of Temporal's `IndexedValueType`. */
const TYPE_NUMBERS: Readonly<Record<SearchAttributeType, number>> = { Keyword: 2, Bool: 5, KeywordList: 7 };
const GRPC = { NOT_FOUND: 5, ALREADY_EXISTS: 6, PERMISSION_DENIED: 7, UNIMPLEMENTED: 12 } as const;

/**
 * Registers on any server what is missing there, and returns the names it added. Doing it twice changes nothing.
 * @throws LocalSetupError when the namespace is missing, the server does not allow it, or a name has another type there
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributeTypes,
): Promise<readonly string[]> {
  const differing = await compareSearchAttributes(connection, namespace, wanted);
  const [misfit] = differing.ofAnotherType;
  if (misfit !== undefined) throw wrongType(misfit.name, misfit.type, namespace);
  const missing = Object.fromEntries(differing.missing.map(({ name, type }) => [name, TYPE_NUMBERS[type]]));
  if (Object.keys(missing).length === 0) return [];
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    // Another start was faster.
    if (!(isGrpcServiceError(error) && error.code === GRPC.ALREADY_EXISTS))
      throw explained(error, namespace, Object.keys(missing));
  }
  return Object.keys(missing);
}

type NamedAttribute = { readonly name: string; readonly type: SearchAttributeType };

/**
 * Which of the wanted attributes the namespace lacks, and which it has as another type.
 * @throws LocalSetupError when the namespace is missing or the server does not tell
 */
export async function compareSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributeTypes,
): Promise<{ readonly missing: readonly NamedAttribute[]; readonly ofAnotherType: readonly NamedAttribute[] }> {
  const present = await listPresent(connection, namespace);
  const all = Object.entries(wanted).map(([name, type]) => ({ name, type }));
  return {
    missing: all.filter(({ name }) => present[name] === undefined),
    ofAnotherType: all.filter(({ name, type }) => present[name] !== undefined && present[name] !== TYPE_NUMBERS[type]),
  };
}

async function listPresent(connection: Connection, namespace: string): Promise<Readonly<Record<string, number>>> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return (customAttributes ?? {}) as Record<string, number>;
  } catch (error) {
    throw explained(error, namespace, []);
  }
}

function explained(error: unknown, namespace: string, names: readonly string[]): unknown {
  if (!isGrpcServiceError(error)) return error;
  if (error.code === GRPC.NOT_FOUND) return missingNamespace(namespace, error);
  if (error.code === GRPC.PERMISSION_DENIED || error.code === GRPC.UNIMPLEMENTED) {
    return new LocalSetupError(
      `The Temporal server does not let us register search attributes in namespace "${namespace}": ${error.details}.`,
      [
        `Have an administrator register ${names.length === 0 ? 'them' : names.join(', ')} (temporal operator search-attribute create, or the cloud's console).`,
      ],
      { cause: error },
    );
  }
  return error;
}

export function missingNamespace(namespace: string, cause: unknown): LocalSetupError {
  return new LocalSetupError(
    `The Temporal server has no namespace "${namespace}".`,
    [`Create it: temporal operator namespace create --namespace ${namespace}`, 'Or name another one in TEMPORAL_NAMESPACE.'],
    { cause },
  );
}

function wrongType(name: string, wanted: SearchAttributeType, namespace: string): LocalSetupError {
  return new LocalSetupError(`Namespace "${namespace}" has a search attribute ${name} that is not of type ${wanted}.`, [
    `Remove it, if nothing else uses it: temporal operator search-attribute remove --name ${name}`,
    'Or use a namespace of its own for first-comment.',
  ]);
}
