export {
  movePayment,
  noteAnswered,
  noteUnanswered,
  openPayment,
  postponeCheck,
  recordGatewayEvent,
  recordStart,
} from './actions/payments.js';
export { importRefund, settleDisputes, settleRefunds } from './actions/aftermath.js';
export { enqueueReview, performRefund, requestRefund, type RequestResult } from './actions/refunds.js';
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
export {
  findPayment,
  findPaymentAtProvider,
  findPaymentByTransaction,
  isOrderDisputed,
  listDisputes,
  listDuePayments,
  listPayments,
  lockPayment,
  type Dispute,
  type Payment,
} from './queries.js';
export {
  isActive,
  isTooSmall,
  leastCharge,
  minimumCharge,
  providersFor,
  type PaymentState,
  type RefundState,
} from './rules.js';
