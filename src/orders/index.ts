export { attachOrders } from './actions/attach.js';
export { cancelPendingOrder } from './actions/cancel.js';
export { cancelPaidOrder, type CancelPaidResult } from './actions/cancel-paid.js';
export { extendOrder } from './actions/extend.js';
export { startFulfilling, type FulfilResult, type ShipRefusal } from './actions/fulfil.js';
export { addNote, NOTE_LENGTH, type NoteResult } from './actions/note.js';
export { holdOrder, releaseHold } from './actions/hold.js';
export { openOrder, type OrderDraft } from './actions/open.js';
export { correctTracking, deliverShipment, unpackShipment } from './actions/parcels.js';
export { placeOrder } from './actions/place.js';
export { recordOrderEvent } from './actions/record.js';
export type { Explanation } from './explanation.js';
export {
  prepareShipment,
  shipLines,
  shipShipment,
  type Dispatch,
  type ParcelResult,
} from './actions/ship.js';
export {
  refundInOrder,
  refundOrder,
  type RefundInput,
  type RefundRefusal,
  type RefundResult,
} from './actions/refund.js';
export {
  payRefundElsewhere,
  retryRefund,
  takeBackRefund,
  type EndRefundResult,
  type RetryRefundResult,
} from './actions/refund-again.js';
export { restockRefunded } from './actions/restock-refunded.js';
export { scrubOrder } from './actions/scrub.js';
export { reviveOrder } from './actions/revive.js';
export type { Aftercare } from './controller.js';
export { orderSubscriptions } from './jobs.js';
export {
  findCancelCause,
  findOrder,
  findOrderForViewer,
  findOrderOfCart,
  hasPaidOrder,
  listOrderLines,
  listOverdueOrders,
  lockLiveOrder,
  lockOrder,
  type Order,
  type OrderLine,
  type OrderViewer,
} from './queries.js';
export { listParcels, listPieces, type Parcel } from './queries/parcels.js';
export { listTimeline, type TimelineEntry, type TimelineKind } from './queries/timeline.js';
export { listOrderRefunds, type ListedRefund } from './queries/listed-refunds.js';
export { findMoneyOfCancellation, findMoneyOfRefund, type RefundMoney } from './queries/refund-money.js';
export { refundPreview, type RefundPreview, type RefundSplit } from './queries/refund-preview.js';
export { findRefundMoney, listRefundLines, type RefundLine } from './queries/refunds.js';
export { piecesLeft, shippingLeft, workOut, type Refundable, type RefundChoice } from './rules/refunds.js';
export { readRefundAccount, typedRefundAccount } from './forms.js';
export { orderRoutes } from './routes.js';
export { orderLinks, orderView, type OrderPageView } from './views.js';
export { awaitsDeposit } from './views/deposit.js';
export { rememberOrder, viewerOf } from './session.js';
export { EXPIRED, offersAccount, REPLACED, retryUntil, type OrderHold, type OrderState } from './rules.js';
export { CARRIERS, carrierPage, readDispatch, type Carrier, type DispatchRead } from './rules/carriers.js';
export { piecesToPack, piecesToShip, type LinePieces, type ShipmentState } from './rules/parcels.js';
export { staffActions, type StaffAction } from './rules/staff.js';
export { parcelView, type ParcelView } from './views/parcels.js';
