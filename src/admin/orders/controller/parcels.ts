import type { Request, RequestHandler, Response } from 'express';
import { NotFound } from '../../../lib/errors.js';
import { newToken } from '../../../lib/ids.js';
import {
  CARRIERS,
  correctTracking,
  deliverShipment,
  listParcels,
  piecesToPack,
  prepareShipment,
  shipLines,
  shipShipment,
  unpackShipment,
  type Order,
  type Parcel,
} from '../../../orders/index.js';
import { errorTexts, typedFields, type FieldError, type Flash } from '../../../web/index.js';
import type { AdminDeps } from '../../deps.js';
import { readCarrier, readPieces } from '../forms/pieces.js';
import { getDeskOrder, listDeskLines } from '../queries/detail.js';
import { changeOrder } from '../write.js';

type Handlers = Record<'form' | 'pack' | 'dispatchForm' | 'dispatch' | 'deliver' | 'unpack', RequestHandler>;

const pathOf = ({ number }: Pick<Order, 'number'>): string => `/admin/orders/${number}`;
const isToken = (text: string): boolean => /^[\w-]{22,64}$/.test(text);

/** Packing, sending, correcting and delivering parcels of one order. */
export function parcelHandlers({ db, answer, now }: AdminDeps): Handlers {
  const said = (
    { t }: Response['locals'],
    errors: readonly FieldError[],
  ): { field: string; text: string }[] => errorTexts(t, errors);

  /** The form of a new parcel: every line with the pieces that lie in none yet. */
  const packPage = async (
    req: Request,
    res: Response,
    order: Order,
    shown: { typed?: Record<string, string>; token?: string; errors?: readonly FieldError[] } = {},
  ) => {
    const { t } = res.locals;
    const [lines, parcels] = await Promise.all([
      listDeskLines(db, { orderId: order.id }),
      listParcels(db, { orderId: order.id }),
    ]);
    const errors = said(res.locals, shown.errors ?? []);
    answer.page(req, res, {
      view: 'admin/orders/pack',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('admin.parcel.title', { number: order.number }), noindex: true },
      data: {
        order: { number: order.number, path: pathOf(order), hold: order.hold, state: order.state },
        lines: lines.map(line => {
          const left = piecesToPack(line, parcels);
          const field = `quantity_${line.id}`;
          const { sku, name, variantName, quantity } = line;
          return {
            field,
            sku,
            name,
            variantName,
            quantity,
            left,
            value: shown.typed?.[field] ?? String(left),
          };
        }),
        carriers: CARRIERS,
        typed: { carrier: '', tracking_number: '', ...shown.typed },
        token: shown.token ?? newToken(),
        errors,
      },
    });
  };

  const dispatchPage = (
    req: Request,
    res: Response,
    order: Order,
    parcel: Parcel,
    typed: Record<string, string>,
    found: readonly FieldError[] = [],
  ) => {
    const { t } = res.locals;
    const errors = said(res.locals, found);
    answer.page(req, res, {
      view: 'admin/orders/dispatch',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('admin.parcel.of', { id: parcel.id, number: order.number }), noindex: true },
      data: {
        order: { number: order.number, path: pathOf(order) },
        parcel: { id: parcel.id, state: parcel.state, lines: parcel.lines },
        carriers: CARRIERS,
        typed,
        errors,
      },
    });
  };

  /** The parcel of an address, with its order. @throws NotFound */
  const load = async (req: Request): Promise<{ order: Order; parcel: Parcel }> => {
    const { number, parcel: id } = req.params;
    const order = await getDeskOrder(db, { number });
    const parcel = (await listParcels(db, { orderId: order.id })).find(each => String(each.id) === id);
    if (!parcel) throw new NotFound();
    return { order, parcel };
  };

  const back = (
    req: Request,
    res: Response,
    order: Order,
    result: { ok: true } | { ok: false; reason: string },
    done: string,
  ) => {
    const flash: Flash = result.ok
      ? { kind: 'done', key: `admin.order.done.${done}` }
      : { kind: 'problem', key: `admin.order.refused.${result.reason}` };
    answer.redirect(req, res, `${pathOf(order)}#parcels`, flash);
  };

  return {
    async form(req, res) {
      await packPage(req, res, await getDeskOrder(db, req.params as { number: string }));
    },

    async pack(req, res) {
      const order = await getDeskOrder(db, req.params as { number: string });
      const lineIds = (await listDeskLines(db, { orderId: order.id })).map(({ id }) => id);
      const pieces = readPieces(req.body, lineIds);
      const carrier = readCarrier(req.body);
      const { token, send } = typedFields(req.body, ['token', 'send']);
      const later = send === 'later';
      const errors = [...pieces.errors, ...(later || carrier.read.ok ? [] : carrier.read.errors)];
      const typed = { ...pieces.typed, ...carrier.typed };
      const again = (found: readonly FieldError[]) =>
        packPage(req, res, order, { typed, errors: found, ...(isToken(token) ? { token } : {}) });
      if (!isToken(token)) return await again([{ field: 'carrier', key: 'admin.parcel.error.again' }]);
      if (errors.length > 0) return await again(errors);
      const { lines } = pieces;
      const dispatch = carrier.read.ok ? carrier.read.value : null;
      const change = {
        order,
        action: later ? 'order.pack' : 'order.ship',
        detail: { lines, ...(later ? {} : dispatch) },
        now: now(),
      };
      const result = await changeOrder(db, res, change, (tx, because) =>
        later || !dispatch
          ? prepareShipment(tx, { ...because, lines, token })
          : shipLines(tx, { ...because, ...dispatch, lines, token }),
      );
      if (!result.ok && 'lineId' in result)
        return await again([{ field: `quantity_${result.lineId}`, key: 'admin.pieces.error.tooMany' }]);
      if (!result.ok && result.reason === 'empty')
        return await again([{ field: `quantity_${lineIds[0] ?? 0}`, key: 'admin.pieces.error.none' }]);
      back(req, res, order, result, later ? 'pack' : 'ship');
    },

    async dispatchForm(req, res) {
      const { order, parcel } = await load(req);
      dispatchPage(req, res, order, parcel, {
        carrier: parcel.carrier ?? '',
        tracking_number: parcel.trackingNumber ?? '',
      });
    },

    async dispatch(req, res) {
      const { order, parcel } = await load(req);
      const { typed, read } = readCarrier(req.body);
      if (!read.ok) return dispatchPage(req, res, order, parcel, typed, read.errors);
      const sends = parcel.state === 'preparing';
      const change = {
        order,
        action: sends ? 'order.ship' : 'order.tracking',
        detail: { shipmentId: parcel.id, ...read.value },
        now: now(),
      };
      const result = await changeOrder<{ ok: true; repeated: boolean } | { ok: false; reason: string }>(
        db,
        res,
        change,
        (tx, because) =>
          (sends ? shipShipment : correctTracking)(tx, { ...because, ...read.value, shipmentId: parcel.id }),
      );
      back(req, res, order, result, sends ? 'ship' : 'tracking');
    },

    async deliver(req, res) {
      const { order, parcel } = await load(req);
      const change = { order, action: 'order.deliver', detail: { shipmentId: parcel.id }, now: now() };
      const result = await changeOrder(db, res, change, (tx, because) =>
        deliverShipment(tx, { ...because, shipmentId: parcel.id }),
      );
      back(req, res, order, result, 'deliver');
    },

    async unpack(req, res) {
      const { order, parcel } = await load(req);
      const change = { order, action: 'order.unpack', detail: { shipmentId: parcel.id }, now: now() };
      const result = await changeOrder(db, res, change, (tx, because) =>
        unpackShipment(tx, { ...because, shipmentId: parcel.id }),
      );
      back(req, res, order, result, 'unpack');
    },
  };
}
