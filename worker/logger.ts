import type { Logger, LogLevel } from '@temporalio/worker';
import pino, { type Logger as PinoLogger } from 'pino';
import { createScrubber, type Scrubber } from './scrubber.ts';

/** A pino logger that writes JSON lines to `destination` (default: standard error), scrubbed of secrets. */
export function createLogger(options: {
  readonly level: string;
  readonly secrets: readonly string[];
  readonly file?: string;
}): PinoLogger {
  const scrubber = createScrubber(options.secrets);
  const destination = options.file ? pino.destination({ dest: options.file, mkdir: true, sync: true }) : pino.destination(2);
  return pino(
    {
      level: options.level,
      base: null,
      formatters: { log: (fields) => scrubFields(fields, scrubber) },
      hooks: {
        logMethod(args, method) {
          const cleaned = args.map((arg) => (typeof arg === 'string' ? scrubber.text(arg) : arg)) as typeof args;
          method.apply(this, cleaned);
        },
      },
      serializers: {
        err: (error: unknown) => scrubber.text(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      },
    },
    destination,
  );
}

/** Temporal's logger interface over pino: the fields first, then the sentence. */
export function temporalLogger(logger: PinoLogger): Logger {
  const at = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    logger[level]({ ...meta }, message);
  const methods = { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return {
    ...methods,
    log: (level: LogLevel, message: string, meta?: object) => methods[level.toLowerCase() as keyof typeof methods](message, meta),
  };
}

/** Field by field, not over the written line: a mask in the middle of JSON could leave a line that is none. */
function scrubFields(fields: Record<string, unknown>, scrubber: Scrubber): Record<string, unknown> {
  return scrubber.data(JSON.parse(JSON.stringify(fields, plain))) as Record<string, unknown>;
}

/** BigInts and errors do not survive JSON by themselves. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return value.stack ?? value.message;
  return value;
}
