import { envelope } from '../graph/errors.ts';
import { type HttpAnswer, orderedError } from '../graph/platform.ts';
import { type Bucket, usageHeaders } from '../graph/usage.ts';
import type { Json } from '../world/json.ts';
import type { Fault } from './schema.ts';

/** How an HTTP exchange ends: with an answer, with raw text, or with the connection cut. */
export type Ending =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'text'; readonly status: number; readonly contentType: string; readonly text: string }
  | { readonly kind: 'cut' };

/** Waiting and doing things later, both ended when the sandbox closes. */
export interface Later {
  wait(ms: number): Promise<void>;
  /** Runs `action` after `ms`, unless the sandbox closes first. */
  after(ms: number, action: () => void): void;
}

const HTML_502 =
  '<!DOCTYPE html><html><head><title>Facebook | Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>';

/** Carries one call through its fault. `act` does what was asked, at most once. */
export async function exchange(
  fault: Fault | undefined,
  act: () => HttpAnswer,
  bucket: Bucket | undefined,
  later: Later,
): Promise<Ending> {
  if (fault === undefined) return answered(act());
  switch (fault.fault) {
    case 'http-500-before':
      return empty(fault.status);
    case 'http-500-after':
      act();
      return empty(fault.status);
    case 'html-502':
      if (fault.acts) act();
      return { kind: 'text', status: 502, contentType: 'text/html; charset=utf-8', text: HTML_502 };
    case 'cut-before':
      return { kind: 'cut' };
    case 'cut-after':
      act();
      return { kind: 'cut' };
    case 'hang-before':
      await later.wait(fault.ms);
      return { kind: 'cut' };
    case 'hang-after':
      act();
      await later.wait(fault.ms);
      return { kind: 'cut' };
    case 'delay':
      await later.wait(fault.ms);
      return answered(act());
    case 'error':
      return answered(orderedError(fault, bucket));
    case 'error-after':
      act();
      return answered(orderedError(fault, bucket));
    case 'late-apply':
      later.after(fault.ms, act);
      return lateEnding(fault.answer);
    case 'null-item':
      return answered({ status: 200, headers: {}, body: null });
    case 'ok-with-error-body': {
      const headers = fault.acts ? act().headers : {};
      return answered({ status: 200, headers, body: envelope({ message: 'An unknown error has occurred.', code: fault.code }) });
    }
    case 'bad-shape': {
      const headers = fault.acts ? act().headers : {};
      return answered({ status: 200, headers, body: (fault.body ?? { unexpected: [{ id: 17 }] }) as Json });
    }
    case 'malformed-usage-header': {
      const broken = { 'x-app-usage': '{"call_count":', 'x-business-use-case-usage': 'not json' };
      const answer = act();
      return answered({ ...answer, headers: { ...answer.headers, ...broken } });
    }
    case 'usage': {
      const answer = act();
      return answered({ ...answer, headers: { ...answer.headers, ...usageHeaders(bucket, fault.usage) } });
    }
  }
}

function lateEnding(kind: 'cut' | 'http-500' | 'error-2'): Ending {
  if (kind === 'cut') return { kind: 'cut' };
  if (kind === 'http-500') return empty(500);
  const body = envelope({ message: '(#2) Service temporarily unavailable', code: 2, is_transient: true });
  return answered({ status: 500, headers: {}, body });
}

function answered(answer: HttpAnswer): Ending {
  return { kind: 'answer', answer };
}

function empty(status: number): Ending {
  return { kind: 'text', status, contentType: 'text/plain', text: '' };
}
