import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { counted } from '../../domain/counted.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { compareSearchAttributes } from '../local/search-attributes.ts';
import { noneChecked, notChecked, ok, warning, wordsOf, wrong } from './findings.ts';
import { type Group, localHint, type Patient } from './patient.ts';
import { examinePollers, POLLER_IDS } from './pollers.ts';
import { examineOrder, ORDER_IDS } from './queue-order.ts';
import { examineSweeps, sweepIds } from './sweeps.ts';

const CALL_MS = 5_000;
const NOT_FOUND = 5;
const IN_NAMESPACE = ['temporal.search-attributes', ...POLLER_IDS, ...ORDER_IDS];
const ONE_DAY_S = 86_400;
/** Priorities came with this version. */
const OLDEST = { major: 1, minor: 28 };

/** The server, the namespace, our search attributes, who polls, whether accounts are swept, and whether priorities and fairness act. */
export const temporalGroup: Group = {
  name: 'temporal',
  timeoutMs: 60_000,
  async examine(patient, tell, signal) {
    const settings = settingsOf(patient);
    const ids = ['temporal.version', 'temporal.namespace', ...IN_NAMESPACE, ...sweepIds(patient)];
    if ('id' in settings) return tell([settings, ...noneChecked(ids, 'Temporal is not to be had.')]);
    const { options, namespace } = settings;
    const connection = Connection.lazy({ ...options, connectTimeout: CALL_MS });
    try {
      const unreachable = await connect(connection, options.address, patient);
      if (unreachable) return tell([unreachable, ...noneChecked(ids, 'Temporal is not to be had.')]);
      tell([ok('temporal.reachable', `${options.address} answers.`)]);
      await connection.withAbortSignal(signal, () => examineServer(patient, connection, namespace, tell, signal));
    } finally {
      await connection.close();
    }
  },
};

function settingsOf({ context }: Patient) {
  try {
    const given = context.temporal();
    const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
    const address = given.address ?? connectionOptions.address ?? 'localhost:7233';
    return { options: { ...connectionOptions, address }, namespace: given.namespace ?? namespace };
  } catch (error) {
    return wrong(
      'temporal.reachable',
      `Temporal's settings cannot be read: ${wordsOf(error)}`,
      'Correct temporal.toml or the TEMPORAL_ variables.',
    );
  }
}

/** `Connection.connect` leaves its channel, and with it the process, open when it fails: so in two steps. */
async function connect(connection: Connection, address: string, patient: Patient): Promise<Finding | null> {
  try {
    await connection.ensureConnected();
    return null;
  } catch (error) {
    const says = `No Temporal server answers at ${address} (${wordsOf(error)}).`;
    return wrong(
      'temporal.reachable',
      says,
      localHint(patient, 'Start one with npm start, or set TEMPORAL_ADDRESS.', 'Set TEMPORAL_ADDRESS.'),
    );
  }
}

async function examineServer(
  patient: Patient,
  connection: Connection,
  namespace: string,
  tell: (findings: readonly Finding[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const { serverVersion } = await soon(connection, () => connection.workflowService.getSystemInfo({}));
  tell([judgeVersion(serverVersion)]);
  const [found, isThere] = await examineNamespace(connection, namespace);
  tell([found]);
  if (!isThere) return tell(noneChecked([...IN_NAMESPACE, ...sweepIds(patient)], `Namespace ${namespace} is not to be had.`));
  tell([await examineAttributes(connection, namespace)]);
  tell(await examinePollers(connection, namespace));
  const client = new Client({ connection, namespace });
  tell(await soon(connection, () => examineSweeps(patient, client)));
  tell(
    patient.options.probe
      ? await examineOrder(connection, client, signal)
      : noneChecked(ORDER_IDS, 'Left out, as --no-probe asks.'),
  );
}

function judgeVersion(version: string): Finding {
  const id = 'temporal.version';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
  if (old) return warning(id, `Server ${version} knows no priorities.`, `Use a server ${OLDEST.major}.${OLDEST.minor} or newer.`);
  return ok(id, `Server ${version || 'without a version'}.`);
}

async function examineNamespace(connection: Connection, namespace: string): Promise<readonly [Finding, boolean]> {
  const id = 'temporal.namespace';
  try {
    const described = await soon(connection, () => connection.workflowService.describeNamespace({ namespace }));
    const seconds = Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0);
    const says = `Namespace ${namespace} keeps closed runs for ${counted(Math.round((seconds / ONE_DAY_S) * 10) / 10, 'day')}.`;
    const mend = `temporal operator namespace update --namespace ${namespace} --retention 72h`;
    return [seconds < ONE_DAY_S ? warning(id, says, mend) : ok(id, says), true];
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    const says = `Namespace ${namespace} is not to be had: ${error.details}.`;
    const create = `temporal operator namespace create --namespace ${namespace} --retention 72h, or set TEMPORAL_NAMESPACE to one that exists.`;
    return [wrong(id, says, error.code === NOT_FOUND ? create : 'Check TEMPORAL_NAMESPACE and the credentials for it.'), false];
  }
}

async function examineAttributes(connection: Connection, namespace: string): Promise<Finding> {
  const id = 'temporal.search-attributes';
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).join(', ');
  try {
    const { missing, ofAnotherType } = await soon(connection, () =>
      compareSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES),
    );
    if (ofAnotherType.length > 0) {
      const says = `Of another type in ${namespace}: ${names(ofAnotherType)}.`;
      return wrong(
        id,
        says,
        'Remove them (temporal operator search-attribute remove) and run first-comment setup, or use a namespace of its own.',
      );
    }
    if (missing.length > 0) return wrong(id, `Missing in ${namespace}: ${names(missing)}.`, 'Run first-comment setup.');
    return ok(id, `All ${Object.keys(SEARCH_ATTRIBUTES).length} search attributes are there with their types.`);
  } catch (error) {
    const says = `The server does not tell its search attributes: ${wordsOf(error)}`;
    return notChecked(id, says, 'Look at them with an administrator’s rights: temporal operator search-attribute list.');
  }
}

function soon<T>(connection: Connection, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_MS, call);
}
