/**
 * What Meta's error codes mean to us, as data. The words of a class:
 * `internal` and `duplicate` leave open whether a write took effect; every other class is a definite no.
 */
export type ErrorClass = 'throttle' | 'auth' | 'permission' | 'missing' | 'invalid' | 'policy' | 'internal' | 'duplicate';

export interface ErrorRow {
  readonly code: number;
  /** Last code of a family; a single code without it. */
  readonly to?: number;
  /** `undefined` = any subcode that has no row of its own. */
  readonly subcode?: number;
  readonly means: ErrorClass;
  readonly source: string;
}

const GUIDE = 'docs: graph-api/guides/error-handling';
const MARKETING = 'docs: marketing-api/error-reference';
const LIMITS = 'docs: graph-api/overview/rate-limiting, marketing-apis/rate-limiting';
const INSIGHTS = 'docs: marketing-api/insights/error-codes';
const REPORTED = 'reported by third parties';
const KNOWN = 'long known, no page found';

/** First fitting row wins, rows with a subcode before those without. A code without a row is unknown: never a definite no. */
export const ERROR_TABLE: readonly ErrorRow[] = [
  { code: -2, means: 'internal', source: MARKETING },
  { code: -1, means: 'internal', source: MARKETING },
  { code: 1, means: 'internal', source: GUIDE },
  { code: 2, means: 'internal', source: GUIDE },
  { code: 2, subcode: 1504038, means: 'internal', source: INSIGHTS },
  { code: 2, subcode: 1504043, means: 'internal', source: INSIGHTS },
  { code: 2, subcode: 1504044, means: 'internal', source: INSIGHTS },
  { code: 3, means: 'permission', source: GUIDE },
  { code: 4, means: 'throttle', source: LIMITS },
  { code: 4, subcode: 1504022, means: 'throttle', source: INSIGHTS },
  { code: 4, subcode: 1504039, means: 'throttle', source: INSIGHTS },
  { code: 10, means: 'permission', source: GUIDE },
  { code: 17, means: 'throttle', source: LIMITS },
  { code: 17, subcode: 2446079, means: 'throttle', source: LIMITS },
  { code: 32, means: 'throttle', source: LIMITS },
  { code: 100, means: 'invalid', source: GUIDE },
  { code: 100, subcode: 33, means: 'missing', source: MARKETING },
  { code: 100, subcode: 1504018, means: 'internal', source: INSIGHTS },
  { code: 102, means: 'auth', source: GUIDE },
  { code: 190, means: 'auth', source: GUIDE },
  { code: 190, subcode: 458, means: 'auth', source: GUIDE },
  { code: 190, subcode: 459, means: 'auth', source: GUIDE },
  { code: 190, subcode: 460, means: 'auth', source: GUIDE },
  { code: 190, subcode: 463, means: 'auth', source: GUIDE },
  { code: 190, subcode: 464, means: 'auth', source: GUIDE },
  { code: 190, subcode: 467, means: 'auth', source: GUIDE },
  { code: 190, subcode: 492, means: 'auth', source: GUIDE },
  { code: 200, to: 299, means: 'permission', source: GUIDE },
  { code: 341, means: 'throttle', source: GUIDE },
  { code: 368, means: 'policy', source: GUIDE },
  { code: 368, subcode: 1390008, means: 'policy', source: REPORTED },
  { code: 506, means: 'duplicate', source: GUIDE },
  { code: 613, means: 'throttle', source: LIMITS },
  { code: 613, subcode: 1487742, means: 'throttle', source: LIMITS },
  { code: 613, subcode: 1996, means: 'throttle', source: LIMITS },
  { code: 80000, means: 'throttle', source: REPORTED },
  { code: 80001, means: 'throttle', source: LIMITS },
  { code: 80002, means: 'throttle', source: KNOWN },
  { code: 80003, means: 'throttle', source: KNOWN },
  { code: 80004, means: 'throttle', source: REPORTED },
  { code: 80005, means: 'throttle', source: LIMITS },
  { code: 80006, means: 'throttle', source: KNOWN },
  { code: 80008, means: 'throttle', source: KNOWN },
  { code: 80009, means: 'throttle', source: KNOWN },
  { code: 80014, means: 'throttle', source: KNOWN },
  { code: 1346003, means: 'policy', source: REPORTED },
  { code: 1366046, means: 'invalid', source: REPORTED },
  { code: 1404006, means: 'auth', source: REPORTED },
  { code: 1404078, means: 'permission', source: REPORTED },
  { code: 1609005, means: 'invalid', source: GUIDE },
];

/** What a person does about an error of a class. */
export const MENDS: Readonly<Record<ErrorClass, string>> = {
  throttle: 'Wait until the limit opens again.',
  auth: "Renew the system user's token and check the app secret.",
  permission: 'Give the system user the missing permission or the tasks MODERATE and CREATE_CONTENT on the Page.',
  missing: 'Check the id, and that the system user may see the object.',
  invalid: 'The request does not fit this object; see the code in the documentation of the Graph API.',
  policy: 'Stop writing for this Page and let a person look at its support inbox.',
  internal: 'Look at status.fb.com when it lasts.',
  duplicate: 'Read the thread back before anything else.',
};
