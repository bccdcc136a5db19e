import type { Withdrawals } from '../withdrawals.ts';
import type { Db } from './connect.ts';
import { liftWithdrawal } from './lift-withdrawal.ts';
import {
  beginRetract,
  openUnder,
  postponeRemoval,
  previewWithdrawal,
  recordWithdrawal,
  removalsOfAccount,
  removalsUnder,
  retractEnded,
  withdrawalOrder,
  withdrawnUnder,
} from './retracts.ts';
import { surfaceRow } from './surface-rows.ts';
import { orderWithdrawal, withdraw, withdrawalOf } from './withdrawals.ts';

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
    openUnder: (orderId, which) => openUnder(db, orderId, which),
    withdraw: (orderId, surface) => withdraw(db, orderId, surface),
    withdrawalOn: (surface) => withdrawalOf(db, surfaceRow(surface)),
    recordWithdrawal: (orderId, surface, commentId, end) => recordWithdrawal(db, orderId, surface, commentId, end),
    postponeRemoval: (removal, said) => postponeRemoval(db, removal, said),
    withdrawnUnder: (orderId) => withdrawnUnder(db, orderId),
    retractEnded: (orderId) => retractEnded(db, orderId),
  };
}
