export { declareReturn, type Declaration, type DeclareResult } from './actions/declare.js';
export {
  acceptReturn,
  closeReturn,
  refuseReturn,
  type ByStaff,
  type DecideResult,
} from './actions/decide.js';
export { proposedShipping, receiveReturn, type ReceiveResult } from './actions/receive.js';
export { scrubReturns } from './actions/scrub.js';
export { loadAftercare } from './aftercare.js';
export { sendPhoto } from './controller.js';
export {
  countOpenReturns,
  findReturn,
  findReturnById,
  findReturnPhoto,
  listReturns,
  listReturnsOfOrder,
  type ListedReturn,
  type Return,
} from './queries.js';
export { returnRoutes } from './routes.js';
export { OPEN_STATES, type Reason, type ReturnKind, type ReturnState } from './rules.js';
export { returnView, type ReturnView } from './views.js';
