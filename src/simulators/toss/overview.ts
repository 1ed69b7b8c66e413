import express, { type Request, type Response, type Router } from 'express';
import { html, page, pageHeaders, type Html } from '../page.js';
import type { TossAccount } from './account.js';
import { TossFault } from './fault.js';
import type { StoredPayment } from './state.js';

const BRAND = 'Toss Payments simulator';
const SHOWN = 100;

/**
 * Toss's console for the developer: every payment, and what happens to it outside the shop. A buyer or somebody else pays
 * into an account, the bank takes that back, a person cancels by hand. Plain forms.
 */
export function tossOverview({ account, save }: { account: TossAccount; save: () => void }): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '10kb' });

  const back = (res: Response, said: string | null) => {
    save();
    res.redirect(303, said === null ? '/' : `/?said=${encodeURIComponent(said)}`);
  };
  /** Does `work` with the payment of the URL; a refusal of Toss's is said on the page. */
  const act =
    (work: (stored: StoredPayment, amount: number | null) => Promise<string | null>) =>
    async (req: Request, res: Response): Promise<void> => {
      const key = String(req.params['key']);
      if (!account.state.payments[key]) return res.redirect(303, '/');
      const given = (req.body as Record<string, unknown> | undefined)?.['amount'];
      const typed = typeof given === 'string' ? given.replace(/[\s,₩]/g, '') : '';
      if (typed !== '' && !/^\d{1,12}$/.test(typed)) return back(res, 'An amount is digits only.');
      try {
        back(res, await work(account.get(key), typed === '' ? null : Number(typed)));
      } catch (error) {
        if (!(error instanceof TossFault)) throw error;
        back(res, `Refused: ${error.code}`);
      }
    };

  router.post(
    '/payments/:key/deposit',
    form,
    act(async (stored, amount) => {
      const taken = await account.deposit(stored, amount ?? undefined);
      return taken
        ? null
        : 'The bank did not take this deposit: another sum, or too late. The shop hears nothing.';
    }),
  );
  router.post(
    '/payments/:key/deposit-lost',
    act(async stored => {
      await account.loseDeposit(stored);
      return null;
    }),
  );
  router.post(
    '/payments/:key/cancellation',
    form,
    act(async (stored, amount) => {
      await account.cancelByHand(stored, amount, '콘솔에서 취소');
      return null;
    }),
  );
  router.get('/', (req, res) => {
    account.ageAll();
    const said = typeof req.query['said'] === 'string' ? req.query['said'].slice(0, 200) : '';
    const body = overview(Object.values(account.state.payments), said);
    res.set(pageHeaders([])).send(page({ language: 'en', title: 'Payments', brand: BRAND, body }));
  });
  return router;
}

const won = (amount: number) =>
  new Intl.NumberFormat('en', { style: 'currency', currency: 'KRW' }).format(amount);

function actions({ payment }: StoredPayment): Html | null {
  const to = `/payments/${payment.paymentKey}`;
  const amount = (label: string, value: number) =>
    html`<label>${label} <input type="text" name="amount" inputmode="numeric" value="${value}" /></label>`;
  const byHand = html`<form method="post" action="${to}/cancellation">
    ${amount('Sum', payment.balanceAmount)}<button>Cancel by hand</button>
  </form>`;
  switch (payment.status) {
    case 'READY':
      return html`<a href="${payment.checkout?.url ?? '/'}">Open the window</a>`;
    case 'WAITING_FOR_DEPOSIT':
      return html`<form method="post" action="${to}/deposit">
          ${amount('Sum', payment.totalAmount)}<button>Deposit arrives</button>
        </form>
        ${byHand}`;
    case 'DONE':
    case 'PARTIAL_CANCELED':
      if (payment.balanceAmount === 0) return null;
      return payment.virtualAccount && payment.status === 'DONE'
        ? html`${byHand}
            <form method="post" action="${to}/deposit-lost"><button>Bank takes it back</button></form>`
        : byHand;
    default:
      return null;
  }
}

/** The account a buyer pays into, where there is one. */
function accountText({ virtualAccount }: StoredPayment['payment']): string {
  if (!virtualAccount) return '';
  const { bankCode, accountNumber, dueDate, expired } = virtualAccount;
  return `Bank ${bankCode}, ${accountNumber}, until ${dueDate.slice(0, 16).replace('T', ' ')}${expired ? ' (over)' : ''}`;
}

function overview(payments: readonly StoredPayment[], said: string): Html {
  const rows = payments
    .toReversed()
    .slice(0, SHOWN)
    .map(
      stored =>
        html`<tr>
          <th scope="row">${stored.payment.orderId}</th>
          <td>${won(stored.payment.totalAmount)}<br />left ${won(stored.payment.balanceAmount)}</td>
          <td>${stored.payment.method ?? stored.method}<br />${accountText(stored.payment)}</td>
          <td>${stored.payment.status}</td>
          <td>${actions(stored)}</td>
        </tr>`,
    );
  return html`<div class="card wide">
    <h1>Payments</h1>
    ${said === '' ? null : html`<p class="alarm" role="status">${said}</p>`}
    ${
      rows.length === 0
        ? html`<p>None yet. Each checkout of the shop with this provider opens one.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="Payments">
            <table>
              <thead>
                <tr>
                  <th scope="col">Order id</th>
                  <th scope="col">Sum</th>
                  <th scope="col">Way</th>
                  <th scope="col">State</th>
                  <th scope="col">Act</th>
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
