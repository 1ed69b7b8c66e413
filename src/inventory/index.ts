export { correctStock, receiveStock, restock, setLowThreshold, type CorrectResult } from './actions/count.js';
export {
  commitReservations,
  extendReservations,
  releaseReservations,
  reserve,
  type ReserveResult,
} from './actions/reserve.js';
export {
  confirmRequest,
  forgetRequests,
  openRequestLink,
  endRequestOf,
  forgetRequestsOf,
  requestStock,
  stopRequest,
  type ConfirmResult,
} from './actions/requests.js';
export { inventorySubscriptions } from './jobs.js';
export {
  findRequestByToken,
  findStockRequest,
  listRequestsOf,
  type StockRequest,
} from './queries/requests.js';
export { availability, type Reservation } from './queries/stock.js';
export {
  CORRECTION_REASONS,
  DEFAULT_THRESHOLD,
  isCorrectionReason,
  MOST_PIECES,
  MOVEMENT_KINDS,
  type CorrectionReason,
  type MovementKind,
} from './rules/movements.js';
export type { RequestPurpose, RequestState } from './rules/requests.js';
