export { scrubDeposits, scrubRefundAccounts } from './actions/scrub.js';
export {
  movePayment,
  noteAnswered,
  noteUnanswered,
  openPayment,
  postponeCheck,
  recordConfirming,
  recordGatewayEvent,
  recordStart,
  takeIds,
} from './actions/payments.js';
export { importRefund, settleDisputes, settleRefunds } from './actions/aftermath.js';
export { enqueueRefund, enqueueReview, queueOfPayment } from './actions/refund-jobs.js';
export {
  findRefund,
  performRefund,
  requestRefund,
  settleRefund,
  type Refund,
  type RequestResult,
} from './actions/refunds.js';
export { dropRefunds, resumeRefunds } from './actions/reversed.js';
export { giveRefundAccount, nameRefundAccount, type AccountResult } from './actions/refund-account.js';
export { createGateways } from './gateways/create.js';
export {
  PROVIDERS,
  type Attempt,
  type Evidence,
  type Gateway,
  type Gateways,
  type Provider,
  type ProviderRecord,
  type ProviderRefund,
  type StartResult,
  type Webhook,
} from './gateways/gateway.js';
export { bankName, isBank, listBanks, type Bank } from './banks.js';
export {
  findDepositSecret,
  findPayingPayment,
  findPayment,
  findPaymentAtProvider,
  findPaymentByTransaction,
  isOrderDisputed,
  listDisputes,
  listDuePayments,
  listPayments,
  listRefundsWithoutAccount,
  lockPayment,
  type Dispute,
  type Payment,
  type RefundRow,
} from './queries.js';
export {
  choiceOf,
  choicesFor,
  isActive,
  isTooSmall,
  leastCharge,
  minimumCharge,
  needsAccount,
  wayOf,
  type DepositInstructions,
  type PayChoice,
  type PaymentState,
  type PayMethod,
  type RefundAccount,
  type RefundState,
} from './rules.js';
