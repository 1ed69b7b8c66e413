export { correctStock, receiveStock, restock, setLowThreshold, type CorrectResult } from './actions/count.js';
export {
  commitReservations,
  extendReservations,
  releaseReservations,
  reserve,
  type ReserveResult,
} from './actions/reserve.js';
export { availability, type Reservation } from './queries.js';
export {
  CORRECTION_REASONS,
  isCorrectionReason,
  MOST_PIECES,
  MOVEMENT_KINDS,
  type CorrectionReason,
  type MovementKind,
} from './rules.js';
