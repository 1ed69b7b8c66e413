import express, { type Request, type Response, type Router } from 'express';
import { html, page, pageHeaders, pageLanguage, type Html, type PageLanguage } from '../page.js';
import type { TroubleBook } from '../trouble.js';
import type { TossAccount } from './account.js';
import { messageOf } from './fault.js';
import { tossOverview } from './overview.js';
import type { StoredPayment } from './state.js';
import type { TossTrouble } from './trouble.js';
import { METHOD_WORDS, WORDS } from './words.js';

const BRAND = 'Toss Payments simulator';

/** Where an approval sends the buyer; `amount` is what the query claims. */
export function successLocation(
  { payment, successUrl }: StoredPayment,
  amount = payment.totalAmount,
): string {
  return withQuery(successUrl, {
    paymentType: payment.type,
    orderId: payment.orderId,
    paymentKey: payment.paymentKey,
    amount: String(amount),
  });
}

/** Where a refusal sends the buyer. A cancellation names no order, as at Toss. */
export function failLocation(
  stored: StoredPayment,
  code: 'REJECT_CARD_COMPANY' | 'PAY_PROCESS_CANCELED',
): string {
  const order = code === 'PAY_PROCESS_CANCELED' ? {} : { orderId: stored.payment.orderId };
  return withQuery(stored.failUrl, { code, message: messageOf(code, stored.language ?? ''), ...order });
}

function withQuery(url: string, query: Record<string, string>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
  return target.href;
}

/** The payment window and what its buttons do, and Toss's console for the developer. */
export function tossPages({
  account,
  troubles,
  save,
}: {
  account: TossAccount;
  troubles: TroubleBook<TossTrouble>;
  save: () => void;
}): Router {
  const router = express.Router();

  /** Loads the payment of the URL for `work`, or shows that there is none. */
  const withPayment =
    (work: (stored: StoredPayment, req: Request, res: Response) => Promise<void> | void) =>
    async (req: Request, res: Response): Promise<void> => {
      const key = req.params['key'];
      if (typeof key !== 'string' || !account.state.payments[key]) {
        const language = pageLanguage(req.get('accept-language'));
        const { unknown } = WORDS[language];
        show(res, {
          language,
          title: unknown,
          body: html`<div class="card"><h1>${unknown}</h1></div>`,
          status: 404,
        });
        return;
      }
      await work(account.get(key), req, res);
      save();
    };

  router.get(
    '/v1/payments/:key/checkout',
    withPayment((stored, req, res) => {
      const language = pageLanguage(stored.language ?? req.get('accept-language'));
      const open = stored.payment.status === 'READY';
      show(res, {
        language,
        title: open ? WORDS[language].title : WORDS[language].over,
        body: open ? windowPage(stored, language) : overPage(stored, language),
        redirectTo: [stored.successUrl, stored.failUrl],
      });
    }),
  );
  router.post(
    '/v1/payments/:key/checkout/approve',
    withPayment((stored, req, res) => {
      account.approve(stored, req.query['wallet'] === 'yes' ? '간편결제' : stored.method);
      // A second click finds the payment approved and leads to the same place.
      const agreed = ['IN_PROGRESS', 'DONE', 'WAITING_FOR_DEPOSIT'].includes(stored.payment.status);
      const back = `/v1/payments/${stored.payment.paymentKey}/checkout`;
      res.redirect(303, agreed ? successLocation(stored, troubles.take('tampered-return')?.amount) : back);
    }),
  );
  router.post(
    '/v1/payments/:key/checkout/refuse',
    withPayment((stored, _req, res) => res.redirect(303, failLocation(stored, 'REJECT_CARD_COMPANY'))),
  );
  router.post(
    '/v1/payments/:key/checkout/cancel',
    withPayment((stored, _req, res) => res.redirect(303, failLocation(stored, 'PAY_PROCESS_CANCELED'))),
  );
  router.get(
    '/v1/payments/:key/checkout/closed',
    withPayment((stored, req, res) => {
      const language = pageLanguage(stored.language ?? req.get('accept-language'));
      const { closed, closedHint } = WORDS[language];
      const body = html`<div class="card">
        <h1>${closed}</h1>
        <p>${closedHint}</p>
      </div>`;
      show(res, { language, title: closed, body });
    }),
  );
  router.use(tossOverview({ account, save }));
  return router;
}

function show(
  res: Response,
  given: { language: PageLanguage; title: string; body: Html; status?: number; redirectTo?: string[] },
): void {
  const { language, title, body, status = 200, redirectTo = [] } = given;
  res
    .status(status)
    .set(pageHeaders(redirectTo))
    .send(page({ language, title, brand: BRAND, body }));
}

const won = (amount: number, language: PageLanguage) =>
  new Intl.NumberFormat(language, { style: 'currency', currency: 'KRW' }).format(amount);

function windowPage({ payment, method }: StoredPayment, language: PageLanguage): Html {
  const words = WORDS[language];
  const action = `/v1/payments/${payment.paymentKey}/checkout`;
  return html`<div class="card">
    <h1>${words.title}: ${language === 'en' ? (METHOD_WORDS[method] ?? method) : method}</h1>
    <p class="sum">${won(payment.totalAmount, language)}</p>
    <dl>
      <dt>${words.items}</dt>
      <dd>${payment.orderName}</dd>
      <dt>${words.order}</dt>
      <dd>${payment.orderId}</dd>
    </dl>
    <form method="post" action="${action}/approve">
      <button class="first">
        ${method === '가상계좌' ? words.account : words.approve(won(payment.totalAmount, language))}
      </button>
    </form>
    ${
      method === '카드'
        ? html`<form method="post" action="${action}/approve?wallet=yes">
            <button>${words.wallet}</button>
          </form>`
        : null
    }
    <form method="post" action="${action}/refuse"><button>${words.refuse}</button></form>
    <form method="post" action="${action}/cancel"><button>${words.cancel}</button></form>
    <a class="button" href="${action}/closed">${words.close}</a>
  </div>`;
}

function overPage(stored: StoredPayment, language: PageLanguage): Html {
  const words = WORDS[language];
  const agreed = ['IN_PROGRESS', 'DONE', 'WAITING_FOR_DEPOSIT'].includes(stored.payment.status);
  const target = agreed ? successLocation(stored) : failLocation(stored, 'PAY_PROCESS_CANCELED');
  return html`<div class="card">
    <h1>${words.over}</h1>
    <p>${agreed ? words.done : words.expired}</p>
    <a class="button first" href="${target}">${words.toShop}</a>
  </div>`;
}
