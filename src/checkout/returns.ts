import type { RequestHandler } from 'express';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import { findOrder, findOrderForViewer, orderLinks, viewerOf, type Order } from '../orders/index.js';
import {
  choicesFor,
  findPaymentAtProvider,
  isActive,
  PROVIDERS,
  type Payment,
  type Provider,
} from '../payments/index.js';
import { localePath, type Flash } from '../web/index.js';
import { askAndSettle } from './actions/pay.js';
import { retryPayment } from './actions/retry.js';
import type { CheckoutDeps } from './controller.js';
import { availableProviders } from './gateways.js';

type Handlers = Record<'returned' | 'turnedBack' | 'retry', RequestHandler>;
type Req = Parameters<RequestHandler>[0];
type Res = Parameters<RequestHandler>[1];

const isProvider = (text: unknown): text is Provider => PROVIDERS.includes(text as Provider);

/** Ways back from the payment page, and what the order page offers while an order waits for its money. */
export function returnHandlers(deps: CheckoutDeps): Handlers {
  const { db, gateways, answer, now } = deps;

  const load = async (req: Req): Promise<Payment> => {
    const { provider, reference } = req.params;
    if (!isProvider(provider) || typeof reference !== 'string') throw new NotFound();
    const payment = await findPaymentAtProvider(db, { provider, reference, providerId: null });
    if (!payment) throw new NotFound();
    return payment;
  };

  /**
   * To the order, in the browser that placed it. Another browser (an app's own window, a forwarded address) learns that
   * the payment was noted and how to find the order, and nothing else.
   */
  const toOrder = async (req: Req, res: Res, payment: Payment, flash?: Flash) => {
    const { locale, t } = res.locals;
    if (req.session.orders?.includes(payment.orderId)) {
      const order = await findOrder(db, { orderId: payment.orderId });
      if (order) return answer.redirect(req, res, localePath(locale, `/orders/${order.number}`), flash);
    }
    answer.page(req, res, {
      view: 'checkout/elsewhere',
      head: { title: t('checkout.elsewhere.title'), noindex: true },
      data: {},
    });
  };

  const ownOrder = async (req: Req): Promise<Order> => {
    const number = readOrderNumber(String(req.params.number));
    const order = number && (await findOrderForViewer(db, { number, viewer: viewerOf(req) }));
    if (!order) throw new NotFound();
    return order;
  };
  /** Back to the order page the way the viewer came: with the key when the key opened it. */
  const back = (req: Req, res: Res, order: Order) =>
    localePath(res.locals.locale, viewerOf(req).key ? orderLinks(order).page : `/orders/${order.number}`);

  return {
    /** The one GET that may change something: it asks the provider, and settles what is true. Repeating it is harmless. */
    async returned(req, res) {
      const payment = await load(req);
      const question = isActive(payment.state)
        ? ({ how: 'complete', query: req.query } as const)
        : ({ how: 'ask' } as const);
      const { evidence, settled } = await askAndSettle(deps, {
        payment,
        question,
        actor: 'buyer',
        now: now(),
      });
      const unsure = evidence.state === 'unknown' || (settled === 'open' && payment.provider === 'toss');
      await toOrder(
        req,
        res,
        payment,
        unsure ? { kind: 'problem', key: 'checkout.flash.checking' } : undefined,
      );
    },

    /** The buyer turned back, or the provider said no. Stripe's page stays open to them; a Toss attempt is over. */
    async turnedBack(req, res) {
      const payment = await load(req);
      if (payment.provider === 'toss' && isActive(payment.state)) {
        const code =
          typeof req.query.code === 'string' && /^[A-Z_]{3,60}$/.test(req.query.code)
            ? req.query.code
            : 'PAY_PROCESS_CANCELED';
        await askAndSettle(deps, { payment, question: { how: 'give-up', code }, actor: 'buyer', now: now() });
        const key = code === 'PAY_PROCESS_CANCELED' ? 'checkout.flash.turned_back' : 'checkout.flash.refused';
        return await toOrder(req, res, payment, { kind: 'problem', key });
      }
      await toOrder(
        req,
        res,
        payment,
        isActive(payment.state) ? { kind: 'problem', key: 'checkout.flash.turned_back' } : undefined,
      );
    },

    async retry(req, res) {
      const order = await ownOrder(req);
      const offered = choicesFor(availableProviders(gateways), order.currency, order.country);
      const wanted: unknown = (req.body as Record<string, unknown> | undefined)?.payment_method;
      const choice = offered.length === 1 ? offered[0] : offered.find(name => name === wanted);
      const tried = await retryPayment(deps, { order, choice: choice ?? null, now: now() });
      if (tried.ok) return answer.redirect(req, res, tried.redirectUrl);
      const key = `checkout.retry.${tried.reason}`;
      answer.redirect(req, res, back(req, res, order), { kind: 'problem', key });
    },
  };
}
