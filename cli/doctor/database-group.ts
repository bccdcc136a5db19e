import { tellScope } from '../../domain/scopes.ts';
import { UserError } from '../../domain/user-error.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { StoreError, type StoreErrorKind } from '../../store/errors.ts';
import { type ApprovedCopy, type DatabaseReport, examineDatabase, type LedgerReport } from '../../store/examine.ts';
import { noneChecked, notChecked, ok, warning, wordsOf, wrong } from './findings.ts';
import { type Group, localHint, type Patient } from './patient.ts';
import { NO_BRAND } from './with-examiner.ts';

const LEDGER_IDS = ['database.writable', 'database.generation', 'database.approvals', 'database.pauses', 'database.withdrawals'];
const OTHER_IDS = ['database.version', 'database.migrations', ...LEDGER_IDS];
const OLDEST_TRIED = 14;
const NAMED = 3;

const MENDS: Readonly<Partial<Record<StoreErrorKind, string>>> = {
  'not-ours': 'Point DATABASE_URL at an empty database of its own: createdb first_comment.',
  newer: 'Use a release of first-comment that is as new as the one that migrated it.',
  'not-migrated': 'Run first-comment setup.',
};

/** The ledger's database: there, ours, migrated, writable, and what stands in it. */
export const databaseGroup: Group = {
  name: 'database',
  timeoutMs: 20_000,
  async examine(patient, tell) {
    try {
      tell(findingsOf(await examineDatabase(patient.context.databaseUrl()), patient));
    } catch (error) {
      if (!(error instanceof UserError)) {
        tell([wrong('database.reachable', `The database cannot be examined: ${wordsOf(error)}`, 'Look at the database’s log.')]);
      } else tell([notReachable(error, patient)]);
      tell(noneChecked(OTHER_IDS, 'The database is not to be had.'));
    }
  },
};

function notReachable(error: UserError, patient: Patient): Finding {
  const id = 'database.reachable';
  if (!(error instanceof StoreError)) {
    const mend = localHint(patient, 'Start everything here with npm start, or set DATABASE_URL.', 'Set DATABASE_URL.');
    return wrong(id, 'No database is known.', mend);
  }
  const start = localHint(patient, 'Start the database (npm start brings one up)', 'Start the database');
  return wrong(id, error.message, MENDS[error.kind] ?? `${start}, or correct DATABASE_URL.`);
}

function findingsOf(report: DatabaseReport, patient: Patient): readonly Finding[] {
  const reachable = ok('database.reachable', `${report.database} answers.`);
  const behind = report.missingMigrations;
  const migrations =
    report.schema.state === 'current'
      ? ok('database.migrations', `The ledger is at version ${report.schema.version}, as this program wants it.`)
      : wrong('database.migrations', `Missing migrations: ${behind.join(', ')}.`, 'Run first-comment setup.');
  const ledger = report.ledger ? ledgerFindings(report.ledger, patient) : noneChecked(LEDGER_IDS, 'The ledger is not migrated.');
  return [reachable, version(report.version), migrations, ...ledger];
}

function version(found: string): Finding {
  const id = 'database.version';
  const major = Number.parseInt(found, 10);
  if (Number.isNaN(major)) return notChecked(id, `The server calls itself ${found}.`);
  if (major >= OLDEST_TRIED) return ok(id, `PostgreSQL ${found}.`);
  return warning(
    id,
    `PostgreSQL ${found} is older than what first-comment is tried with.`,
    `Use PostgreSQL ${OLDEST_TRIED} or newer.`,
  );
}

function ledgerFindings(
  { generation, mayWrite, approvals, pauses, withdrawals }: LedgerReport,
  patient: Patient,
): readonly Finding[] {
  const standing = pauses.map(
    ({ id, kind, scope, value, by, why }) => `${kind} of ${tellScope(scope, value)} by ${by}: ${why} (${id})`,
  );
  const orders = withdrawals.map(({ id, covers, by, why }) => `${covers} by ${by}: ${why} (${id})`);
  const lift = pauses.map(({ id }) => `first-comment resume ${id} --by NAME --why REASON`).join('; ');
  return [
    mayWrite.ok
      ? ok('database.writable', 'It may be written.')
      : wrong(
          'database.writable',
          `It may not be written: ${mayWrite.why}.`,
          'Grant the user select, insert and update; do not use a standby.',
        ),
    ok('database.generation', `Generation ${generation} of the ledger.`),
    approvalsFinding(approvals, patient),
    pauses.length === 0
      ? ok('database.pauses', 'No pause and no breaker stands.')
      : warning('database.pauses', `In force: ${standing.join('; ')}.`, `When it is time: ${lift}`),
    withdrawals.length === 0
      ? ok('database.withdrawals', 'No withdrawal order stands.')
      : warning(
          'database.withdrawals',
          `In force: ${orders.join('; ')}.`,
          'Nothing that they cover is published; that is what they are for. `first-comment resume ORDER` lifts one.',
        ),
  ];
}

/** The ledger decides what may be published; `setup` brings the folder's approvals there. */
function approvalsFinding(known: readonly ApprovedCopy[], { brand }: Patient): Finding {
  const id = 'database.approvals';
  if (brand === null) return notChecked(id, NO_BRAND);
  const missing = brand.approvals.filter((approval) => !known.some((each) => isSame(each, approval)));
  const all = brand.approvals.length;
  if (missing.length === 0) return ok(id, `The ledger knows all ${all} copy approvals of the brand folder.`);
  const named = missing.slice(0, NAMED).map(({ patternId, locale, capability }) => `${patternId} in ${locale} (${capability})`);
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
  const says = `The ledger lacks ${missing.length} of the brand folder's ${all} copy approvals, so these texts are not published: ${named.join(', ')}${more}.`;
  return wrong(id, says, 'Run first-comment setup.');
}

function isSame(known: ApprovedCopy, approval: ApprovedCopy): boolean {
  return (
    known.hash === approval.hash &&
    known.patternId === approval.patternId &&
    known.locale === approval.locale &&
    known.version === approval.version &&
    known.capability === approval.capability
  );
}
