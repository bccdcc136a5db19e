import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../world/json.ts';

/** The inside of Meta's error envelope. */
export interface EnvelopeFields {
  readonly message: string;
  readonly type?: string;
  readonly code: number;
  readonly error_subcode?: number;
  readonly is_transient?: boolean;
  readonly error_user_title?: string;
  readonly error_user_msg?: string;
}

/** A no of the platform: an envelope with its HTTP status and headers. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly fields: EnvelopeFields;
  readonly headers: Readonly<Record<string, string>>;

  constructor(fields: EnvelopeFields, status = 400, headers: Readonly<Record<string, string>> = {}) {
    super(fields.message);
    this.fields = fields;
    this.status = status;
    this.headers = headers;
  }
}

/** The body of an error answer, with a trace id of its own. */
export function envelope(fields: EnvelopeFields): JsonObject {
  const { message, type = 'OAuthException', code, ...rest } = fields;
  return { error: { message, type, code, ...rest, fbtrace_id: `A${randomBytes(16).toString('base64url')}` } };
}

export function invalidParameter(says: string, subcode?: number): GraphError {
  return new GraphError({ message: `(#100) ${says}`, code: 100, ...(subcode !== undefined && { error_subcode: subcode }) });
}

/** A field that a kind of node does not have. */
export function noSuchField(name: string, typeName: string): GraphError {
  return invalidParameter(`Tried accessing nonexisting field (${name}) on node type (${typeName})`);
}

/** Missing, invisible to this token, or the wrong operation: Meta says the same for all three. */
export function noSuchObject(
  id: string,
  method: string,
  type: 'GraphMethodException' | 'IGApiException' = 'GraphMethodException',
) {
  const message =
    `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing ` +
    'permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api';
  return new GraphError({ message, type, code: 100, error_subcode: 33 });
}

/** A token that opens nothing any more. */
export function deadToken(subcode: number): GraphError {
  const why: Record<number, string> = {
    458: 'The user has not authorized the application.',
    459: 'The user is enrolled in a blocking, logged-in checkpoint.',
    460: 'The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
    463: 'Session has expired. The current time is past its end.',
    464: 'Sessions for the user are not allowed because the user is not a confirmed user.',
    467: 'The session is invalid because the user logged out.',
    492: 'The user must be an administrator, editor, or moderator of the page in order to impersonate it.',
  };
  const message = `Error validating access token: ${why[subcode] ?? 'The session is invalid.'}`;
  return new GraphError({ message, code: 190, error_subcode: subcode }, 400, {
    'www-authenticate': `OAuth "Facebook Platform" "invalid_token" "${message}"`,
  });
}

export function missingPermission(code: 10 | 200, says: string): GraphError {
  return new GraphError({ message: `(#${code}) ${says}`, code }, 403);
}
