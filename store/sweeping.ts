import type { SurfaceRef } from '../domain/surface.ts';
import type { ClaimState } from './claims.ts';
import type { AccountRef } from './known-ads.ts';
import type { RecordedComment } from './publications.ts';
import type { Owner, RunRef } from './runs.ts';

/** A later look at a comment of ours whose time has come. */
export interface DueLook {
  readonly surface: SurfaceRef;
  readonly commentId: string;
  /** How often it was tried, this time included. */
  readonly tries: number;
}

/** An open attempt that can be settled by now, with who holds the claim under which it was made. */
export interface Orphan {
  readonly attemptId: string;
  readonly surface: SurfaceRef;
  readonly owner: Owner;
  readonly epoch: number;
  readonly state: ClaimState;
  /** How often a sweep took it up, this time included. */
  readonly tries: number;
}

/** A run that waits, and for what. */
export interface Waiter {
  readonly run: RunRef;
  readonly reason: 'paused' | 'awaiting-claim' | 'awaiting-credentials';
  readonly key: string;
}

/** A run that waits for a claim, with whoever holds it; `null` when nobody does who could keep it waiting. */
export interface ClaimWaiter extends Waiter {
  readonly heldBy: Owner | null;
}

/** How many things of an account are due for its sweep. */
export interface Due {
  readonly looks: number;
  readonly orphans: number;
  /** Comments that stand under a withdrawal order and that nobody has tried to remove. */
  readonly ordered: number;
  /** Runs that wait for what a sweep can find out: a lifted pause, a free claim, a token that works again. */
  readonly waiters: number;
  /** Runs that have noted no end and of which Temporal was not asked lately. */
  readonly unseen: number;
  /** What still asks for a person, whoever raised it; older answers do not say it. */
  readonly openIncidents?: readonly Omit<OpenIncidents, 'account'>[];
  /** What the ledger knows of the account's token; older answers do not say it. */
  readonly token?: TokenState;
}

/** Incidents of one kind that still ask for a person. */
export interface OpenIncidents {
  /** `meta/act_100200`; `null` for what concerns all accounts. */
  readonly account: string | null;
  readonly kind: string;
  readonly incidents: number;
}

export interface TokenState {
  /** It was refused when it was used last. */
  readonly isDead: boolean;
  /** Somebody waits for it, or it is dead, and the pause after the last probe is over. */
  readonly probeIsDue: boolean;
}

/** Where a sweep runs, and from when on it does what. All times are by the database's clock. */
export interface SweepScope extends AccountRef {
  readonly brandId: string;
  readonly cluster: string;
  readonly namespace: string;
  /** From the gate to the moment at which an attempt can be settled (protocol d). */
  readonly settlesAfterMs: number;
  /** How long a waiter that was woken has before it is woken again, and a run that was asked about before it is asked again. */
  readonly againAfterMs: number;
}

/** A decision to remove comments of ours from a surface, with the incident that tells why. */
export interface Removals {
  readonly surface: SurfaceRef;
  readonly owner: Owner;
  /** The one that stays; `null` where none does. */
  readonly stays: string | null;
  readonly commentIds: readonly string[];
  readonly incident: NewIncident;
}

export interface NewIncident {
  readonly kind: string;
  readonly surfaceId: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly did: string;
  /** What it is raised about: said again, it is not raised again. */
  readonly once?: string;
}

/** What of the ledger the sweep, and repair in the run, carry out. */
export interface Sweeping {
  /**
   * What is due, by counts. Also notes that a sweep begins, and forgets how long the last probe was waited for once nobody waits for a
   * token that works.
   */
  dueForSweep(scope: SweepScope): Promise<Due>;
  /** What the sweep says that it did. */
  recordSweep(account: AccountRef, said: { says: string; needsPerson: boolean }): Promise<void>;

  /**
   * Plans the looks at comments of the account that stand since two days at most and for which none is planned, `afterMs` after
   * they were recorded: by then their own run would have planned them.
   */
  planMissingLooks(account: AccountRef, dueInMs: readonly number[], afterMs: number): Promise<void>;
  /** Takes looks that are due; nobody else gets them for `leaseMs`. */
  takeLooks(account: AccountRef, limit: number, leaseMs: number): Promise<readonly DueLook[]>;
  /** The look could not be carried out now. `counts: false`: it was not this look's fault, and is no try of it. */
  postponeLook(look: DueLook, pauseMs: number, says: string, tried?: { readonly counts?: boolean }): Promise<void>;
  /** Closes every look at the comment that is due by now. The last thing that a look does. */
  closeLooks(surface: SurfaceRef, commentId: string, says: string): Promise<void>;
  /** Whether people could see the comment when it was read last; `null` before that. */
  lastVisible(surface: SurfaceRef, commentId: string): Promise<boolean | null>;

  /** Takes attempts of unknown outcome that can be settled; nobody else gets them for `leaseMs`. */
  takeOrphans(scope: SweepScope, limit: number, leaseMs: number): Promise<readonly Orphan[]>;
  postponeOrphan(attemptId: string, pauseMs: number): Promise<void>;

  /** All comments of ours that the surface ever had, oldest first. */
  recordedOn(surface: SurfaceRef): Promise<readonly RecordedComment[]>;
  /** The claim as it is now; `null` where nobody ever claimed. */
  claimOn(surface: SurfaceRef): Promise<{ readonly owner: Owner; readonly epoch: number; readonly state: ClaimState } | null>;
  /**
   * Takes a claim whose owner is gone, by compare-and-swap on its epoch, to settle or mend what stands under it (protocol g,
   * j). Its state stays. `false` when somebody was quicker.
   */
  takeForRepair(request: { surface: SurfaceRef; owner: Owner; expectedEpoch: number }): Promise<boolean>;
  /**
   * Raises the incident and marks the comments, before anything is deleted (protocol j): one transaction, of the claim's owner
   * alone. `false` when the claim is somebody else's by now, or when the one that should stay was decided to go meanwhile: two
   * decisions never take all.
   */
  decideRemovals(removals: Removals): Promise<boolean>;

  /** Waiters whose pause does not stand any more, longest first. */
  pausedWaiters(scope: SweepScope, limit: number): Promise<readonly Waiter[]>;
  claimWaiters(scope: SweepScope, limit: number): Promise<readonly ClaimWaiter[]>;
  credentialWaiters(scope: SweepScope, limit: number): Promise<readonly Waiter[]>;
  /** Those of them whom nobody woke lately; they are the caller's to wake. */
  takeWaiters(scope: SweepScope, waiters: readonly Waiter[]): Promise<readonly Waiter[]>;

  /** Whether this caller probes the account now: of all workers one does, and not before the pause after the last is over. */
  takeProbe(account: AccountRef, pauses: { firstMs: number; longestMs: number }): Promise<boolean>;
  /** Whether the last probe found the token usable; `true` where there was none. */
  tokenWorked(account: AccountRef): Promise<boolean>;
  recordProbe(account: AccountRef, answer: { usable: boolean; says: string }): Promise<void>;

  /** Runs that noted no end and of which nobody asked Temporal lately; asks nobody else about them for a while. */
  takeUnseenRuns(scope: SweepScope, limit: number): Promise<readonly RunRef[]>;
  /** Temporal carries the run no more, and it noted no end: it is over, without an outcome, and waits for nothing. */
  noteLost(run: RunRef, says: string): Promise<void>;
}
