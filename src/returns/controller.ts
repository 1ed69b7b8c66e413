import type { RequestHandler } from 'express';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import { findPrivatePicture, preparePrivatePicture, type PrivatePicture } from '../media/index.js';
import { findOrderForViewer, viewerOf, type Order } from '../orders/index.js';
import { inTransaction, type Db } from '../platform/db.js';
import { localePath, readUploads, type Answer, type FieldError, type RateLimit } from '../web/index.js';
import { declareReturn } from './actions/declare.js';
import { readReturn, typedReturn, type TypedReturn } from './forms.js';
import {
  findReturn,
  findReturnByToken,
  findReturnPhoto,
  listReturnableLines,
  type Return,
  type ReturnableLine,
} from './queries.js';
import { MOST_PHOTOS, PHOTO_BYTES, type ReturnKind } from './rules.js';
import { notOpen, notOpenView, returnFormView, returnLinks, returnView } from './views.js';

export interface ReturnDeps {
  db: Db;
  answer: Answer;
  /** Forms an order's viewers can send in a while: each photograph costs a decoding. */
  declareLimit: RateLimit;
  now: () => Date;
}
type Req = Parameters<RequestHandler>[0];
type Res = Parameters<RequestHandler>[1];

export function returnHandlers({ db, answer, declareLimit, now }: ReturnDeps) {
  const ownOrder = async (req: Req): Promise<Order> => {
    const number = readOrderNumber(String(req.params.number));
    const order = number && (await findOrderForViewer(db, { number, viewer: viewerOf(req) }));
    if (!order) throw new NotFound();
    return order;
  };
  /** The way the viewer came: with the key when the key opened it. */
  const asCame = (req: Req, path: string) => (viewerOf(req).key ? path : path.split('?')[0]!);

  const ownReturn = async (req: Req): Promise<{ order: Order; found: Return }> => {
    const order = await ownOrder(req);
    const number = /^[1-9]\d{0,5}$/.test(String(req.params.returnNumber))
      ? Number(req.params.returnNumber)
      : 0;
    const found = await findReturn(db, { orderId: order.id, number });
    if (!found) throw new NotFound();
    return { order, found };
  };

  const formPage = (
    req: Req,
    res: Res,
    facts: {
      kind: ReturnKind;
      order: Order;
      lines: readonly ReturnableLine[];
      typed: TypedReturn;
      errors?: readonly FieldError[];
    },
  ) => {
    const { locale, t } = res.locals;
    const { kind, errors = [] } = facts;
    res.set('Cache-Control', 'private, no-store');
    answer.page(req, res, {
      view: 'returns/form',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t(`returns.${kind}.title`), noindex: true },
      data: { form: returnFormView({ ...facts, errors, t, locale }) },
    });
  };

  /** The form, or the truth about why there is none. */
  const form =
    (kind: ReturnKind): RequestHandler =>
    async (req, res) => {
      const order = await ownOrder(req);
      const { locale, t } = res.locals;
      const lines = await listReturnableLines(db, { orderId: order.id });
      const why = notOpen(kind, order, lines, now());
      if (why === null) return formPage(req, res, { kind, order, lines, typed: typedReturn({}, lines) });
      res.set('Cache-Control', 'private, no-store');
      answer.page(req, res, {
        view: 'returns/not-open',
        head: { title: t(`returns.${kind}.title`), noindex: true },
        data: { closed: notOpenView(kind, why, order, locale) },
      });
    };

  const declare =
    (kind: ReturnKind): RequestHandler =>
    async (req, res) => {
      const order = await ownOrder(req);
      await declareLimit.count(`order:${order.id}`);
      const sent =
        kind === 'return'
          ? await readUploads(req, res, { field: 'photos', files: MOST_PHOTOS, bytes: PHOTO_BYTES })
          : ({ ok: true, files: [] } as const);
      const lines = await listReturnableLines(db, { orderId: order.id });
      const typed = typedReturn(req.body, lines);
      const again = (errors: FieldError[]) => formPage(req, res, { kind, order, lines, typed, errors });
      const links = returnLinks(order);
      const to = (path: string) => localePath(res.locals.locale, asCame(req, path));

      const done = (number: number) =>
        answer.redirect(req, res, to(links.one(number)), { kind: 'done', key: `returns.${kind}.done` });
      // The same form once more: its pieces are on their way already, by itself.
      const before = await findReturnByToken(db, { orderId: order.id, token: typed.token! });
      if (before) return done(before.number);

      // Somebody was faster, or the last day has ended: the page says how it is now.
      const changed = () =>
        answer.redirect(req, res, to(kind === 'withdrawal' ? links.withdrawal : links.returns), {
          kind: 'problem',
          key: 'returns.flash.changed',
        });
      if (notOpen(kind, order, lines, now()) !== null) return changed();

      const read = readReturn(typed, { kind, lines });
      const problems = read.ok ? [] : read.errors;
      if (!sent.ok) return again([...problems, photoError(sent.reason)]);
      const photos = await preparePhotos(sent.files);
      if (!photos.ok || !read.ok) return again([...problems, ...(photos.ok ? [] : [photos.error])]);

      const declared = await inTransaction(db, tx =>
        declareReturn(tx, { ...read.value, orderId: order.id, kind, photos: photos.pictures, now: now() }),
      );
      if (declared.ok) return done(declared.number);
      changed();
    };

  const show: RequestHandler = async (req, res) => {
    const { order, found } = await ownReturn(req);
    const { locale, t } = res.locals;
    const view = returnView(found, order, locale);
    res.set('Cache-Control', 'private, no-store');
    answer.page(req, res, {
      view: 'returns/show',
      head: { title: t('returns.title', { number: view.name }), noindex: true },
      data: { found: view },
    });
  };

  /** Only to whoever may see the order. Encoded by us, and still shown as nothing but a picture. */
  const photo: RequestHandler = async (req, res) => {
    const { found } = await ownReturn(req);
    const position = /^[1-4]$/.test(String(req.params.photo)) ? Number(req.params.photo) : 0;
    const imageId = await findReturnPhoto(db, { returnId: found.id, position });
    const picture = imageId && (await findPrivatePicture(db, { imageId }));
    if (!picture) throw new NotFound();
    sendPhoto(res, picture.body);
  };

  return {
    withdrawalForm: form('withdrawal'),
    withdraw: declare('withdrawal'),
    requestForm: form('return'),
    request: declare('return'),
    show,
    photo,
  };
}

/** Sends a private picture: no other site, no shared cache and no browser that guesses types makes anything else of it. */
export function sendPhoto(res: Res, body: Buffer): void {
  res.set({
    'Content-Type': 'image/webp',
    'Content-Length': String(body.length),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': 'inline; filename="photo.webp"',
    'Cache-Control': 'private, no-store',
  });
  res.end(body);
}

const photoError = (reason: 'too-many' | 'too-large' | 'too-many-pixels' | 'unreadable'): FieldError => ({
  field: 'photos',
  key: `returns.error.photos.${reason}`,
  values: { count: MOST_PHOTOS, size: PHOTO_BYTES / 1024 / 1024 },
});

/** Encodes the photographs one after the other: together they would take the whole machine. */
async function preparePhotos(
  files: readonly Buffer[],
): Promise<{ ok: true; pictures: PrivatePicture[] } | { ok: false; error: FieldError }> {
  const pictures: PrivatePicture[] = [];
  for (const file of files) {
    const prepared = await preparePrivatePicture(file);
    if (!prepared.ok) return { ok: false, error: photoError(prepared.reason) };
    pictures.push(prepared.picture);
  }
  return { ok: true, pictures };
}
