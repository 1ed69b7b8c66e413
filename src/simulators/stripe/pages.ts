import express, { type Request, type Response, type Router } from 'express';
import { html, page, pageHeaders, pageLanguage, type PageLanguage } from '../page.js';
import type { TroubleBook } from '../trouble.js';
import type { StripeAccount } from './account.js';
import { formatAmount } from './currencies.js';
import type { StoredSession } from './state.js';
import type { StripeTrouble } from './trouble.js';
import { WORDS } from './words.js';

const BRAND = 'Stripe simulator';
/** The test card that Stripe declines; typing it into the form does what the button does. */
const DECLINED_CARD = '4000000000000002';

/** Where a completed session sends the buyer. */
export function successLocation({ session }: StoredSession): string {
  return (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

/** The hosted payment page and what its buttons do. */
export function stripePages({
  account,
  troubles,
  save,
}: {
  account: StripeAccount;
  troubles: TroubleBook<StripeTrouble>;
  save: () => void;
}): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false });

  const show = (
    res: Response,
    status: number,
    language: PageLanguage,
    title: string,
    body: ReturnType<typeof html>,
    to: (string | null)[] = [],
  ) =>
    res
      .status(status)
      .set(pageHeaders(to))
      .send(page({ language, title, brand: BRAND, body }));

  /** Loads the session of the URL for `work`, or shows that there is none. */
  const withSession =
    (work: (stored: StoredSession, req: Request, res: Response) => Promise<void> | void) =>
    async (req: Request, res: Response): Promise<void> => {
      const id = String(req.params['id']);
      if (!account.state.sessions[id]) {
        const language = pageLanguage(req.get('accept-language'));
        show(
          res,
          404,
          language,
          WORDS[language].unknown,
          html`<div class="card"><h1>${WORDS[language].unknown}</h1></div>`,
        );
        return;
      }
      await work(account.getSession(id), req, res);
      save();
    };

  router.get(
    '/c/pay/:id',
    withSession((stored, req, res) => {
      const { session } = stored;
      const language = languageOf(stored, req);
      const words = WORDS[language];
      const title = session.status === 'open' ? words.title : words.closed;
      const body =
        session.status === 'open'
          ? openPage(
              stored,
              language,
              Boolean(account.state.intents[stored.intentId ?? '']?.last_payment_error),
            )
          : closedPage(stored, language);
      show(res, 200, language, title, body, [session.success_url, session.cancel_url]);
    }),
  );
  router.post(
    '/c/pay/:id/pay',
    form,
    withSession(async (stored, req, res) => {
      const { card = '' } = (req.body ?? {}) as { card?: string };
      if (card.replace(/\D/g, '') === DECLINED_CARD) {
        await account.decline(stored);
        res.redirect(303, `/c/pay/${stored.session.id}`);
        return;
      }
      await account.pay(stored, troubles.take('pay-another-amount')?.amount);
      res.redirect(
        303,
        stored.session.status === 'complete' ? successLocation(stored) : `/c/pay/${stored.session.id}`,
      );
    }),
  );
  router.post(
    '/c/pay/:id/decline',
    withSession(async (stored, _req, res) => {
      await account.decline(stored);
      res.redirect(303, `/c/pay/${stored.session.id}`);
    }),
  );
  router.post(
    '/c/pay/:id/later',
    withSession(async (stored, _req, res) => {
      await account.payLater(stored);
      res.redirect(
        303,
        stored.session.status === 'complete' ? successLocation(stored) : `/c/pay/${stored.session.id}`,
      );
    }),
  );
  router.post(
    '/c/pay/:id/expire',
    withSession((stored, _req, res) => {
      if (stored.session.status === 'open') account.expire(stored);
      res.redirect(303, `/c/pay/${stored.session.id}`);
    }),
  );
  return router;
}

function languageOf({ session }: StoredSession, req: Request): PageLanguage {
  const auto = session.locale === null || session.locale === 'auto';
  return pageLanguage(auto ? req.get('accept-language') : String(session.locale));
}

const sumOf = ({ session }: StoredSession, language: PageLanguage) =>
  formatAmount(session.amount_total ?? 0, session.currency ?? 'usd', language);

function openPage(stored: StoredSession, language: PageLanguage, declined: boolean) {
  const words = WORDS[language];
  const { session, lines } = stored;
  const action = `/c/pay/${session.id}`;
  const button = (verb: string, label: string) =>
    html`<form method="post" action="${action}/${verb}"><button>${label}</button></form>`;
  return html`<div class="card">
    <h1>${words.title}</h1>
    <p class="sum">${sumOf(stored, language)}</p>
    ${declined ? html`<p class="alarm" role="alert">${words.declined}</p>` : null}
    <dl>
      <dt>${words.items}</dt>
      <dd>${lines.map(line => line.name).join(', ')}</dd>
      ${
        session.customer_email === null
          ? null
          : html`<dt>${words.email}</dt>
              <dd>${session.customer_email}</dd>`
      }
    </dl>
    <form method="post" action="${action}/pay">
      <label for="card">${words.card}</label>
      <input
        type="text"
        id="card"
        name="card"
        value="4242 4242 4242 4242"
        inputmode="numeric"
        autocomplete="off"
        aria-describedby="card-hint"
      />
      <p class="hint" id="card-hint">${words.cardHint}</p>
      <button class="first">${words.pay(sumOf(stored, language))}</button>
    </form>
    ${button('decline', words.decline)}${button('later', words.later)}${button('expire', words.expire)}
    ${session.cancel_url === null ? null : html`<a class="button" href="${session.cancel_url}">${words.back}</a>`}
  </div>`;
}

function closedPage(stored: StoredSession, language: PageLanguage) {
  const words = WORDS[language];
  const { session } = stored;
  const complete = session.status === 'complete';
  const told = !complete ? words.expired : session.payment_status === 'unpaid' ? words.pending : words.paid;
  const target = complete ? successLocation(stored) : session.cancel_url;
  return html`<div class="card">
    <h1>${words.closed}</h1>
    <p>${told}</p>
    ${target === null ? null : html`<a class="button first" href="${target}">${words.toShop}</a>`}
  </div>`;
}
