import express, { type Response, type Router } from 'express';
import { html, page, pageHeaders, type Html } from '../page.js';
import type { SimulatedLetter } from './letters.js';

const BRAND = 'Mail simulator';
const NOTICE = 'Simulated – no letter leaves this machine';

/** Opens links of a letter in the whole tab, and lets it do nothing else: no script, no form, no own origin. */
const SANDBOX = 'allow-top-navigation-by-user-activation';

/** The mailbox on the web: the list, one letter, its HTML part apart, and all of it as JSON for tests. */
export function mailPages(letters: () => readonly SimulatedLetter[], clear: () => void): Router {
  const router = express.Router();
  const find = (id: string) => letters().find(letter => letter.id === id);

  router.get('/', (_req, res) => show(res, 'Letters', list(letters())));
  router.get('/letters/:id', (req, res) => {
    const letter = find(req.params.id);
    if (!letter) missing(res);
    else show(res, letter.subject, one(letter));
  });
  router.get('/letters/:id/html', (req, res) => {
    const letter = find(req.params.id);
    if (!letter?.html) {
      missing(res);
      return;
    }
    res.set({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `sandbox ${SANDBOX}; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; frame-ancestors 'self'`,
    });
    res.end(withTarget(letter.html));
  });
  router.post('/clearing', (_req, res) => {
    clear();
    res.redirect(303, '/');
  });
  router.get('/api/letters', (_req, res) => void res.json(letters()));
  return router;
}

function show(res: Response, title: string, body: Html, status = 200): void {
  res.status(status).set(pageHeaders([], "; frame-src 'self'"));
  res.send(page({ language: 'en', title, brand: BRAND, notice: NOTICE, body }));
}

const missing = (res: Response): void =>
  show(
    res,
    'No such letter',
    html`<div class="card wide">
      <h1>No such letter</h1>
      <a href="/">All letters</a>
    </div>`,
    404,
  );

/** Links of a letter would otherwise open inside the frame, where the shop refuses to be shown. */
function withTarget(text: string): string {
  const base = '<base target="_top">';
  return /<head[^>]*>/i.test(text) ? text.replace(/<head[^>]*>/i, head => head + base) : base + text;
}

function list(letters: readonly SimulatedLetter[]): Html {
  if (letters.length === 0) {
    return html`<div class="card wide">
      <h1>Letters</h1>
      <p>None yet. Each letter the shop sends arrives here.</p>
    </div>`;
  }
  const rows = letters.map(
    letter =>
      html`<tr>
        <td><a href="/letters/${letter.id}">${letter.subject || '(no subject)'}</a></td>
        <td>${letter.to.join(', ')}</td>
        <td>${time(letter)}</td>
      </tr>`,
  );
  return html`<div class="card wide">
      <h1>Letters</h1>
      <div class="scroll" tabindex="0" role="region" aria-label="Letters">
        <table>
          <thead>
            <tr>
              <th scope="col">Subject</th>
              <th scope="col">To</th>
              <th scope="col">Received</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
    </div>
    <form method="post" action="/clearing"><button>Throw all away</button></form>`;
}

function one(letter: SimulatedLetter): Html {
  return html`<div class="card wide">
    <p><a href="/">All letters</a></p>
    <h1>${letter.subject || '(no subject)'}</h1>
    <dl>
      <dt>From</dt>
      <dd>${letter.from}</dd>
      <dt>To</dt>
      <dd>${letter.to.join(', ')}</dd>
      <dt>Received</dt>
      <dd>${time(letter)}</dd>
    </dl>
    ${letter.html === null ? null : html`<iframe src="/letters/${letter.id}/html" title="The letter" sandbox="${SANDBOX}"></iframe>`}
    <h2>Text part</h2>
    <pre>${linked(letter.text)}</pre>
  </div>`;
}

const time = ({ receivedAt }: SimulatedLetter) =>
  html`<time datetime="${receivedAt}">${receivedAt.slice(0, 19)}Z</time>`;

/** The text with its addresses as links, for browsers that show no frames. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1 ? html`<a href="${part}" rel="noreferrer">${part}</a>` : html`${part}`,
    );
}
