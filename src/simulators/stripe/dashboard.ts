import express, { type Request, type Response, type Router } from 'express';
import type { Stripe } from 'stripe';
import { html, page, pageHeaders, type Html } from '../page.js';
import type { StripeAccount } from './account.js';
import { formatAmount } from './currencies.js';
import { StripeFault } from './fault.js';
import type { TroubleBook } from '../trouble.js';
import type { StoredSession } from './state.js';
import type { StripeTrouble } from './trouble.js';

const BRAND = 'Stripe simulator';
const SHOWN = 100;

/** What a person does in Stripe's dashboard, and what banks do: lists of sessions, refunds and disputes with their acts. */
export function stripeDashboard({
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
  const { state } = account;

  const show = (res: Response, status: number, title: string, body: Html) =>
    res
      .status(status)
      .set(pageHeaders())
      .send(page({ language: 'en', title, brand: BRAND, body }));

  /** Does what a button says and goes back to the lists; what Stripe would refuse is told in its words. */
  const act =
    (work: (id: string, fields: Record<string, string | undefined>) => Promise<unknown> | void) =>
    async (req: Request, res: Response): Promise<void> => {
      try {
        await work(String(req.params['id']), (req.body ?? {}) as Record<string, string | undefined>);
        save();
        res.redirect(303, '/');
      } catch (error) {
        if (!(error instanceof StripeFault)) throw error;
        const body = html`<div class="card">
          <h1>Not done</h1>
          <p>${error.body.error.message}</p>
          <a class="button" href="/">Back to the lists</a>
        </div>`;
        show(res, error.status, 'Not done', body);
      }
    };

  const chargeOf = (id: string): Stripe.Charge => {
    const charge = account.chargeOfSession(account.getSession(id));
    if (!charge) throw new StripeFault('Nothing was charged for this session.');
    return charge;
  };

  router.post(
    '/sessions/:id/arrives',
    act(id => account.settleLater(account.getSession(id), 'succeed')),
  );
  router.post(
    '/sessions/:id/fails',
    act(id => account.settleLater(account.getSession(id), 'fail')),
  );
  router.post(
    '/sessions/:id/refund',
    form,
    act((id, { amount = '', wait }) => {
      const units = amount.trim() === '' ? null : Number(amount);
      if (units !== null && !Number.isSafeInteger(units)) throw new StripeFault('Invalid integer: amount');
      const facts = { amount: units, reason: null, metadata: {}, pending: wait === 'yes' };
      account.refund(chargeOf(id), facts, null);
    }),
  );
  router.post(
    '/sessions/:id/dispute',
    form,
    act((id, { kind }) => account.openDispute(chargeOf(id), { inquiry: kind === 'inquiry' })),
  );
  router.post(
    '/refunds/:id/done',
    act(id => account.finishRefund(id)),
  );
  router.post(
    '/refunds/:id/fails',
    act(id => account.failRefund(id)),
  );
  router.post(
    '/disputes/:id/answer',
    act(id => account.answerDispute(id)),
  );
  router.post(
    '/disputes/:id/won',
    act(id => account.closeDispute(id, 'won')),
  );
  router.post(
    '/disputes/:id/lost',
    act(id => account.closeDispute(id, 'lost')),
  );
  // For playing what a shop never hears of.
  let lost = false;
  router.post(
    '/webhooks/:id',
    act(how => {
      troubles.calm();
      lost = how === 'lose';
      if (lost) troubles.order({ kind: 'webhooks-lost' });
    }),
  );
  router.get('/', (_req, res) => {
    account.expireDue();
    const body = html`${sessions(account)}${webhooks(lost)}${refunds(Object.values(state.refunds))}
    ${disputes(Object.values(state.disputes))}`;
    show(res, 200, 'Sessions', body);
  });
  return router;
}

const webhooks = (lost: boolean): Html =>
  html`<div class="card wide">
    <h2>Webhooks</h2>
    <p>${lost ? 'Every webhook is lost on its way.' : 'Webhooks are delivered.'}</p>
    ${lost ? button('/webhooks/deliver', 'Switch on') : button('/webhooks/lose', 'Switch off')}
  </div>`;

const sum = (amount: number | null, currency: string | null): string =>
  formatAmount(amount ?? 0, currency ?? 'usd', 'en');

const button = (path: string, label: string): Html =>
  html`<form method="post" action="${path}"><button>${label}</button></form>`;

function list(title: string, none: string, columns: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="card wide">
    <h2>${title}</h2>
    ${
      rows.length === 0
        ? html`<p>${none}</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">
            <table>
              <thead>
                <tr>
                  ${columns.map(name => html`<th scope="col">${name}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
    }
  </div>`;
}

function sessions(account: StripeAccount): Html {
  const rows = Object.values(account.state.sessions)
    .toReversed()
    .slice(0, SHOWN)
    .map(
      stored =>
        html`<tr>
          <th scope="row">${stored.session.client_reference_id ?? stored.session.id.slice(0, 16)}</th>
          <td>${sum(stored.session.amount_total, stored.session.currency)}</td>
          <td>${stored.session.status} / ${stored.session.payment_status}</td>
          <td>${sessionActs(account, stored)}</td>
        </tr>`,
    );
  const none = 'None yet. Each checkout of the shop with this provider opens one.';
  return html`<h1>Stripe’s books</h1>
    ${list('Checkout sessions', none, ['Reference', 'Sum', 'State', 'Act'], rows)}`;
}

function sessionActs(account: StripeAccount, stored: StoredSession): Html | null {
  const { session } = stored;
  const at = `/sessions/${session.id}`;
  if (session.status === 'complete' && session.payment_status === 'unpaid')
    return html`${button(`${at}/arrives`, 'Transfer arrives')}${button(`${at}/fails`, 'Transfer fails')}`;
  if (session.url) return html`<a href="${session.url}">Open the page</a>`;
  const charge = account.chargeOfSession(stored);
  if (!charge) return null;
  return html`<form method="post" action="${at}/refund">
      <label for="amount-${session.id}">Smallest units to give back (empty: all)</label>
      <input type="text" id="amount-${session.id}" name="amount" inputmode="numeric" autocomplete="off" />
      <label><input type="checkbox" name="wait" value="yes" /> The bank takes its time</label>
      <button>Refund by hand</button>
    </form>
    ${
      charge.disputed
        ? null
        : html`<form method="post" action="${at}/dispute"><button>Buyer disputes it</button></form>
            <form method="post" action="${at}/dispute">
              <input type="hidden" name="kind" value="inquiry" /><button>Bank only asks</button>
            </form>`
    }`;
}

function refunds(all: readonly Stripe.Refund[]): Html {
  const rows = all
    .toReversed()
    .slice(0, SHOWN)
    .map(
      refund =>
        html`<tr>
          <th scope="row">${refund.id.slice(0, 16)}</th>
          <td>${sum(refund.amount, refund.currency)}</td>
          <td>
            ${refund.status} (${Object.keys(refund.metadata ?? {}).length > 0 ? 'by the shop' : 'by hand'})
          </td>
          <td>
            ${refund.status === 'pending' ? button(`/refunds/${refund.id}/done`, 'Bank took it') : null}
            ${refund.status === 'failed' ? null : button(`/refunds/${refund.id}/fails`, 'It comes back')}
          </td>
        </tr>`,
    );
  return list('Refunds', 'None yet.', ['Refund', 'Sum', 'State', 'Act'], rows);
}

function disputes(all: readonly Stripe.Dispute[]): Html {
  const rows = all
    .toReversed()
    .slice(0, SHOWN)
    .map(
      dispute =>
        html`<tr>
          <th scope="row">${dispute.id.slice(0, 16)}</th>
          <td>${sum(dispute.amount, dispute.currency)}</td>
          <td>${dispute.status}</td>
          <td>
            ${dispute.status.endsWith('needs_response') ? button(`/disputes/${dispute.id}/answer`, 'Shop answers') : null}
            ${
              /^(won|lost|warning_closed)$/.test(dispute.status)
                ? null
                : html`${button(`/disputes/${dispute.id}/won`, 'Shop wins')}${button(`/disputes/${dispute.id}/lost`, 'Shop loses')}`
            }
          </td>
        </tr>`,
    );
  return list('Disputes', 'None yet.', ['Dispute', 'Sum', 'State', 'Act'], rows);
}
