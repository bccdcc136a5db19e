import type { MetricTags } from '@temporalio/common';
import { Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { OpenLedger } from '../store/open-ledger.ts';

const NAME = 'first_comment_open_incidents';

/**
 * Keeps the gauge `first_comment_open_incidents` as the ledger has it, by kind and account (`all`: it concerns every one): read at once
 * and then `everyMs`, milliseconds, after the last reading has ended. What was told once is told as 0 when it is over. A ledger that does
 * not answer leaves the last numbers; the log says why. Each worker reads the ledger by itself, so all of them tell the same.
 */
export function watchIncidents(ledger: Pick<OpenLedger, 'openIncidents'>, logger: Logger, everyMs: number): { close(): void } {
  const gauge = Runtime.instance().metricMeter.createGauge(
    NAME,
    'int',
    'incidents',
    'Incidents that still ask for a person, by kind and account',
  );
  const told = new Map<string, MetricTags>();

  async function tell(): Promise<void> {
    const open = (await ledger.openIncidents()).map(({ kind, account, incidents }) => ({
      key: `${kind} ${account}`,
      tags: { kind, account: account ?? 'all' },
      incidents,
    }));
    for (const [key, tags] of told) if (!open.some((each) => each.key === key)) gauge.set(0, tags);
    for (const { key, tags, incidents } of open) {
      told.set(key, tags);
      gauge.set(incidents, tags);
    }
  }

  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  /** The next reading waits for this one, as on a slow ledger they would pile up. */
  async function watch(): Promise<void> {
    try {
      await tell();
    } catch (error) {
      logger.warn({ err: error }, 'open incidents could not be read for the metrics');
    }
    if (!closed) timer = setTimeout(watch, everyMs);
  }

  void watch();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
