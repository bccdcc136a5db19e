import type { Dispatcher } from 'undici';

export const TOO_LATE = 'the moment until which it could be sent has passed';

/** Whether a request may still be handed to a socket, and whether it was. */
export interface HandOver {
  /** `true` from the moment a socket may hold bytes of the request. */
  readonly handed: boolean;
  /** Takes the one permission to send; the reason when there is none. */
  take(): string | null;
  /** Withdraws the permission. Without effect when it was already taken. */
  close(reason: string): void;
}

/** One permission for one request: a request is never handed over twice, and never after `sendBy` (protocol b). */
export function createHandOver(sendBy: number | null): HandOver {
  let handed = false;
  let closed: string | null = null;
  return {
    get handed() {
      return handed;
    },
    take() {
      if (handed) return 'the request was already handed over once';
      if (closed !== null) return closed;
      if (sendBy !== null && performance.now() > sendBy) {
        closed = TOO_LATE;
        return closed;
      }
      handed = true;
      return null;
    },
    close(reason) {
      if (!handed) closed ??= reason;
    },
  };
}

/**
 * An undici interceptor that asks `handOver` at the last moment: `onRequestStart` runs when an open socket is there and
 * before its first byte is written, in the same tick. An abort there sends nothing.
 */
export function sendGuard(handOver: HandOver): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        const refusal = handOver.take();
        if (refusal !== null) {
          controller.abort(new Error(refusal));
          return;
        }
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...told) => handler.onRequestUpgrade?.(...told),
      onResponseStart: (...told) => handler.onResponseStart?.(...told),
      onResponseData: (...told) => handler.onResponseData?.(...told),
      onResponseEnd: (...told) => handler.onResponseEnd?.(...told),
      onResponseError: (...told) => handler.onResponseError?.(...told),
    });
}
