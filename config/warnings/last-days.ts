import { isOver, lastDaysOf } from '../../domain/copy/last-day.ts';
import { problemAt } from '../yaml-file.ts';
import type { Looked, Warning } from './warning.ts';

/** Time enough to have the next offer approved. */
const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/** Days that are over or will be soon, and approvals that outlive the last day of their text. */
export function lastDayWarnings(looked: Looked): readonly Warning[] {
  return [...endingDays(looked), ...longApprovals(looked)];
}

function endingDays({ files: { markets }, now }: Looked): readonly Warning[] {
  if (!markets) return [];
  return markets.value.markets.flatMap(({ id, country, values }, at) =>
    Object.entries(values).flatMap(([slot, value]): readonly Warning[] => {
      if (value.type !== 'date' || !isOver(value.day, country, now + SOON_DAYS * DAY_MS)) return [];
      const over = isOver(value.day, country, now);
      const problem = over
        ? `${value.day} is over in ${id}, so texts that name ${slot} are not published (offer-not-over)`
        : `${value.day} is over within ${SOON_DAYS} days in ${id}; from then on texts that name ${slot} are not published`;
      const mend = over
        ? 'write the last day of the next offer, or take the pattern out of patternChoice in brand.yaml'
        : 'have the next offer ready, or take the pattern out of patternChoice in brand.yaml in time';
      return [{ warning: 'last-day', ...problemAt(markets.file, ['markets', at, 'values', slot, 'day'], problem, mend) }];
    }),
  );
}

function longApprovals({ files: { approvals, markets, copy } }: Looked): readonly Warning[] {
  if (!approvals || !markets) return [];
  return approvals.value.approvals.flatMap(({ pattern, locale, capability, expiresAt }, at): readonly Warning[] => {
    const market = markets.value.markets.find(({ id }) => id === locale);
    const source = copy.find(({ value }) => value.locale === locale)?.value.copy[pattern]?.[capability];
    if (!market || source === undefined) return [];
    const outlived = lastDaysOf({ source }, market).find(
      // The approval no longer holds at its end, so the moment before counts.
      ({ day }) => expiresAt === undefined || isOver(day, market.country, Date.parse(expiresAt) - 1),
    );
    if (!outlived) return [];
    const { slot, day } = outlived;
    const until = expiresAt === undefined ? 'has no end' : `ends at ${expiresAt}`;
    const problem = `the approval of ${pattern} in ${locale} (${capability}) ${until}, later than the text's last day (${slot} ${day})`;
    const mend = `let it end with ${day} (expiresAt), so that the next offer is approved by somebody`;
    const path = expiresAt === undefined ? ['approvals', at] : ['approvals', at, 'expiresAt'];
    return [{ warning: 'approval-outlives-offer', ...problemAt(approvals.file, path, problem, mend) }];
  });
}
