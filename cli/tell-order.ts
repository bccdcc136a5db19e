import type { WithdrawalOrder } from '../store/withdrawals.ts';

/** How far a withdrawal order is, in a few words. */
export function tellProgress({ removed, left, notRemoved, open, carriedAt }: Omit<WithdrawalOrder, 'lifted'>): string {
  const parts = [
    `${removed} removed`,
    ...(left - notRemoved > 0 ? [`${left - notRemoved} to remove`] : []),
    ...(notRemoved > 0 ? [`${notRemoved} could not be removed`] : []),
    ...(open > 0 ? [`${open} not settled`] : []),
    ...(carriedAt === null ? [] : [`carried out ${carriedAt.slice(0, 19)}`]),
  ];
  return parts.join(', ');
}
