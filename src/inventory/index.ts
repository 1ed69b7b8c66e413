export {
  commitReservations,
  correctStock,
  extendReservations,
  receiveStock,
  releaseReservations,
  reserve,
  type CorrectResult,
  type ReserveResult,
} from './actions.js';
export { availability, type Reservation } from './queries.js';
