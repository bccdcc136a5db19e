import type { AdRef } from '../domain/ad.ts';
import type { Attempt } from './attempts.ts';
import type { Ledger } from './ledger.ts';
import { type Overview, readOverview } from './overview.ts';
import { describeDatabase } from './postgres/address.ts';
import { adopt } from './postgres/adopt.ts';
import { copyApproval, importApprovals, revokeApproval } from './postgres/approvals.ts';
import { attemptById, attemptsOn, openAttempts, recordResult } from './postgres/attempts.ts';
import { hasBaseline, recordBaseline } from './postgres/baseline.ts';
import { claim, mayLackAttempts, noteWholeLook, releaseClaim, takeOver } from './postgres/claims.ts';
import { type ConnectOptions, connect, type Db } from './postgres/connect.ts';
import { closeGateFor, pause, pauseStands, resume } from './postgres/control.ts';
import { claimToEdit } from './postgres/edits.ts';
import { readFacts, recordFacts, recordJudgement } from './postgres/facts.ts';
import { gate } from './postgres/gate.ts';
import { readGeneration } from './postgres/generation.ts';
import { recordIncident } from './postgres/incidents.ts';
import { noteMismatches, otherAdsOn } from './postgres/known-ads.ts';
import { ledgerBehind } from './postgres/ledger-behind.ts';
import { closeListing, leaveSurvey, noteListingTrouble, recordListing, restartListing } from './postgres/listings.ts';
import { planLooks, recordVisibility } from './postgres/looks.ts';
import { type MigrateResult, migrate, readSchema } from './postgres/migrate.ts';
import { openIncidents } from './postgres/open-incidents.ts';
import { commentOn, publicationsOn } from './postgres/publications.ts';
import { recordRemoval } from './postgres/removals.ts';
import { readResolution, recordResolution } from './postgres/resolutions.ts';
import { type NotedRestore, noteRestored, type Restored } from './postgres/restored.ts';
import { recordRejection, recordRelease, runEnded, runStarted } from './postgres/runs.ts';
import { surveyDueInMs, takeSurvey, wholeSurveyDue } from './postgres/surveys.ts';
import { sweepingMethods } from './postgres/sweeping.ts';
import { isMissingReference, translateError } from './postgres/translate-errors.ts';
import { park, unpark, waitersFor } from './postgres/waiting.ts';
import type { SchemaState } from './postgres/whose-database.ts';
import { withdrawalMethods } from './postgres/withdrawal-methods.ts';
import { readStory, type Story } from './story.ts';
import type { OpenIncidents } from './sweeping.ts';
import { knowsAd, readWritten, type Written } from './written.ts';

/** The ledger in Postgres, with what its operators need beside the port that activities see. */
export interface OpenLedger extends Ledger {
  /** Brings the schema to this program's version; safe to call from several processes at once. */
  migrate(): Promise<MigrateResult>;
  /** What the database holds. @throws StoreError `not-ours` or `newer`. */
  schema(): Promise<SchemaState>;
  /** Everything the ledger knows of one ad, for `explain`. */
  readStory(ad: AdRef): Promise<Story>;
  /** Attempts of which nobody knows yet whether they left a comment. */
  openAttempts(): Promise<readonly Attempt[]>;
  /** `null` for what is no attempt at all. */
  attemptById(attemptId: string): Promise<Attempt | null>;
  /** What still asks for a person. */
  openIncidents(): Promise<readonly OpenIncidents[]>;
  /** What attempts of the brand were ever made with, for `retract`. */
  readWritten(brandId: string): Promise<Written>;
  /** Whether a run or a survey ever had to do with the ad. */
  knowsAd(ad: AdRef): Promise<boolean>;
  /** Notes that the database was restored to an earlier time; closes everything until a person opens it again (protocol k). */
  noteRestored(restore: NotedRestore): Promise<Restored>;
  /** What stands, waits and ended lately, for `status`. */
  readOverview(): Promise<Overview>;
  /** `host:port/database`, for people. */
  readonly database: string;
  close(): Promise<void>;
}

/**
 * Connects to the ledger. Does not migrate: `setup` does that.
 * @throws StoreError `bad-address`, `unreachable`, `not-ours` or `newer`, each with what to do.
 */
export async function openLedger(options: ConnectOptions): Promise<OpenLedger> {
  const database = describeDatabase(options.databaseUrl);
  const db = connect(options);
  const ledger = withHelpfulErrors(methodsOf(db, database), db, database);
  try {
    await ledger.schema();
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { ...ledger, database, close: () => db.destroy() };
}

type Methods = Omit<OpenLedger, 'database' | 'close'>;

function methodsOf(db: Db, database: string): Methods {
  return {
    migrate: () => migrate(db, database),
    schema: () => readSchema(db, database),
    readStory: (ad) => readStory(db, ad),
    openAttempts: () => openAttempts(db),
    attemptById: (attemptId) => attemptById(db, attemptId),
    openIncidents: () => openIncidents(db),
    readWritten: (brandId) => readWritten(db, brandId),
    knowsAd: (ad) => knowsAd(db, ad),
    noteRestored: (restore) => noteRestored(db, restore),
    readOverview: () => readOverview(db),
    generation: () => readGeneration(db),
    behind: (missing) => ledgerBehind(db, missing),
    runStarted: (start) => runStarted(db, start),
    runEnded: (end) => runEnded(db, end),
    recordResolution: (run, snapshot, surfaces, sighting, unusable = []) =>
      recordResolution(db, run, snapshot, surfaces, sighting, unusable),
    readResolution: (run) => readResolution(db, run),
    otherAdsOn: (surface, ad, marketDigest) => otherAdsOn(db, surface, ad, marketDigest),
    noteMismatches: (where, marketDigest) => noteMismatches(db, where, marketDigest),
    surveyDueInMs: (accounts, everyMs) => surveyDueInMs(db, accounts, everyMs),
    wholeSurveyDue: (accounts, wholeEveryMs) => wholeSurveyDue(db, accounts, wholeEveryMs),
    takeSurvey: (account, kind, pace) => takeSurvey(db, account, kind, pace),
    recordListing: (lease, page, pace) => recordListing(db, lease, page, pace),
    restartListing: (lease, pace) => restartListing(db, lease, pace),
    noteListingTrouble: (lease, tooMuch) => noteListingTrouble(db, lease, tooMuch),
    closeListing: (lease, opensInMs, says) => closeListing(db, lease, opensInMs, says),
    leaveSurvey: (lease) => leaveSurvey(db, lease),
    recordFacts: (run, surfaceId, facts, brandDigest) => recordFacts(db, run, surfaceId, facts, brandDigest),
    readFacts: (factsId) => readFacts(db, factsId),
    recordJudgement: (factsId, judgement, brandDigest) => recordJudgement(db, factsId, judgement, brandDigest),
    importApprovals: (approvals) => importApprovals(db, approvals),
    revokeApproval: (copyHash, by, why) => revokeApproval(db, copyHash, by, why),
    copyApproval: (copyHash) => copyApproval(db, copyHash),
    recordRelease: (release) => recordRelease(db, release),
    recordRejection: (run, by, why) => recordRejection(db, run, by, why),
    claim: (request) => claim(db, request),
    claimToEdit: (request) => claimToEdit(db, request),
    takeOver: (request) => takeOver(db, request),
    releaseClaim: (surface, owner) => releaseClaim(db, surface, owner),
    gate: (request) => gate(db, request),
    recordResult: (attemptId, result, by) => recordResult(db, attemptId, result, by),
    attemptsOn: (surface) => attemptsOn(db, surface),
    publicationsOn: (surface) => publicationsOn(db, surface),
    commentOn: (surface, commentId) => commentOn(db, surface, commentId),
    recordRemoval: (surface, commentId, removal) => recordRemoval(db, surface, commentId, removal),
    adopt: (surface, owner, found, belongs) => adopt(db, surface, owner, found, belongs),
    mayLackAttempts: (surface) => mayLackAttempts(db, surface),
    noteWholeLook: (surface, generation, tookMs) => noteWholeLook(db, surface, generation, tookMs),
    recordVisibility: (surface, commentId, seen) => recordVisibility(db, surface, commentId, seen),
    closeGateFor: (run, by) => closeGateFor(db, run, by),
    pause: (order) => pause(db, order),
    resume: (pauseId, by, why) => resume(db, pauseId, by, why),
    pauseStands: (pauseId) => pauseStands(db, pauseId),
    ...withdrawalMethods(db),
    park: (waiting) => park(db, waiting),
    unpark: (run, what) => unpark(db, run, what),
    waitersFor: (reason, key) => waitersFor(db, reason, key),
    hasBaseline: (ad) => hasBaseline(db, ad),
    recordBaseline: (record) => recordBaseline(db, record),
    planLooks: (surface, commentId, dueInMs) => planLooks(db, surface, commentId, dueInMs),
    recordIncident: (incident) => recordIncident(db, incident),
    ...sweepingMethods(db),
  };
}

/** Every method, throwing errors that say what to do instead of the driver's. */
function withHelpfulErrors(methods: Methods, db: Db, database: string): Methods {
  const helpful = Object.entries(methods).map(([name, method]) => [
    name,
    async (...given: unknown[]) => {
      try {
        return await (method as (...given: unknown[]) => Promise<unknown>)(...given);
      } catch (error) {
        if (isMissingReference(error)) throw await ledgerBehind(db, `a row that ${name} refers to`);
        throw translateError(error, database);
      }
    },
  ]);
  return Object.fromEntries(helpful) as Methods;
}
