export {
  movePayment,
  openPayment,
  postponeCheck,
  recordGatewayEvent,
  recordStart,
} from './actions/payments.js';
export { performRefund, requestRefund, type RequestResult } from './actions/refunds.js';
export { createGateways } from './gateways/create.js';
export {
  PROVIDERS,
  type Attempt,
  type Evidence,
  type Gateway,
  type Gateways,
  type Provider,
  type StartResult,
} from './gateways/gateway.js';
export {
  findPayment,
  findPaymentAtProvider,
  listDuePayments,
  listPayments,
  lockPayment,
  type Payment,
} from './queries.js';
export { isActive, providersFor, type PaymentState } from './rules.js';
