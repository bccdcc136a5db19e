export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAMES = 40;

/** Who called, innermost first; without the text that a stack is usually made into. */
export function callers(): readonly Frame[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (_, sites) =>
    sites.map((site) => ({
      file: site.getFileName() ?? '',
      line: site.getLineNumber() ?? 0,
      column: site.getColumnNumber() ?? 0,
    }));
  const holder: { stack?: readonly Frame[] } = {};
  Error.captureStackTrace(holder, callers);
  const frames = holder.stack ?? [];
  Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  return frames;
}
