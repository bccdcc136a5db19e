import type { Withdrawals } from '../withdrawals.ts';
import type { Db } from './connect.ts';
import {
  beginRetract,
  openUnder,
  previewWithdrawal,
  recordWithdrawal,
  removalsOfAccount,
  removalsUnder,
  retractEnded,
  withdrawalOrder,
  withdrawnUnder,
} from './retracts.ts';
import { surfaceRow } from './surface-rows.ts';
import { liftWithdrawal, orderWithdrawal, withdraw, withdrawalOf } from './withdrawals.ts';

/** The ledger's part for withdrawal orders and whoever carries them out. */
export function withdrawalMethods(db: Db): Withdrawals {
  return {
    previewWithdrawal: (criteria) => previewWithdrawal(db, criteria),
    orderWithdrawal: (order) => orderWithdrawal(db, order),
    liftWithdrawal: (orderId, by, why) => liftWithdrawal(db, orderId, by, why),
    withdrawalOrder: (orderId) => withdrawalOrder(db, orderId),
    beginRetract: (orderId) => beginRetract(db, orderId),
    removalsUnder: (orderId, since, limit) => removalsUnder(db, orderId, since, limit),
    removalsOfAccount: (accountId, limit) => removalsOfAccount(db, accountId, limit),
    openUnder: (orderId) => openUnder(db, orderId),
    withdraw: (orderId, surface) => withdraw(db, orderId, surface),
    withdrawalOn: (surface) => withdrawalOf(db, surfaceRow(surface)),
    recordWithdrawal: (orderId, surface, commentId, end) => recordWithdrawal(db, orderId, surface, commentId, end),
    withdrawnUnder: (orderId) => withdrawnUnder(db, orderId),
    retractEnded: (orderId) => retractEnded(db, orderId),
  };
}
