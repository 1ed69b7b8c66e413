import { setTimeout as pause } from 'node:timers/promises';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { createClock } from '../clock.js';
import { listen, sendAnswer, type Answer } from '../desk.js';
import { page, pageHeaders, pageLanguage, styleRoutes, type Html } from '../page.js';
import { openStateFile } from '../state-file.js';
import { createTroubleBook, type CallTrouble } from '../trouble.js';
import { readAsked, wayBack, type Client } from './asked.js';
import { createGrants } from './grants.js';
import { overviewPage, refusedPage, whoPage } from './pages.js';
import { readPerson, type Person } from './person.js';
import { WORDS } from './words.js';

export interface SignInSimulatorOptions extends Client {
  /** 0 takes any free port. */
  port: number;
  /** Keeps people who were typed in over restarts. */
  statePath?: string;
}

/** What tells one provider from another. */
export interface Provider {
  name: string;
  paths: { authorize: string; token: string; userinfo: string };
  scopes: readonly string[];
  separator: string;
  prompts: readonly string[];
  asks: 'taken' | 'organization';
  people: readonly Person[];
  tokenPrefix: string;
  /** Its own words for a refusal on the page, such as `KOE006`. */
  refusal(code: 'client' | 'redirect' | 'request', why: string): string;
  /** What the token endpoint says of a wrong client or code. */
  tokenError(error: 'invalid_client' | 'invalid_grant' | 'invalid_request', why: string): Answer;
  tokenAnswer(token: string, scope: string): object;
  /** The answer about a person, as JSON text; null for a token that is none. */
  userinfo(person: Person | null): { status: number; text: string };
}

export type SignInCall = 'token' | 'userinfo';
export type SignInTrouble = CallTrouble<SignInCall>;

/** One call a shop made, with what may be in no address. */
export interface SignInRequest {
  method: string;
  path: string;
  authorization: string | null;
  body: string;
}

export interface SignInSimulator {
  readonly origin: string;
  readonly people: readonly Person[];
  trouble(orders: SignInTrouble | readonly SignInTrouble[]): void;
  calm(): void;
  /** What a person's button on the page at `url` does: where the browser is sent. @throws when the page refuses. */
  choose(url: string, person: Person): string;
  /** The same of cancel and of the provider's failures. */
  fail(url: string, error: 'access_denied' | 'server_error' | 'temporarily_unavailable'): string;
  /** Pushes the clock: codes last ten minutes, tokens an hour. */
  advance(ms: number): void;
  requests(): SignInRequest[];
  /** Every code and token given out, for tests that look where none may be. */
  secrets(): string[];
  close(): Promise<void>;
}

/** Starts a stand-in for a provider that lets people in at a shop: its page, its token and userinfo calls. */
export async function startSignInSimulator(
  provider: Provider,
  options: SignInSimulatorOptions,
): Promise<SignInSimulator> {
  const file = openStateFile<{ typed: Person[] }>(options.statePath, { typed: [] });
  const clock = createClock();
  const troubles = createTroubleBook<SignInTrouble>();
  const grants = createGrants(clock, provider);
  const calls: SignInRequest[] = [];
  const everybody = () => [...provider.people, ...file.state.typed];
  const read = (query: Readonly<Record<string, unknown>>) => readAsked(query, options, provider);

  function remember(person: Person): void {
    if (provider.people.some(({ subject }) => subject === person.subject)) return;
    file.state.typed = [
      ...file.state.typed.filter(({ subject }) => subject !== person.subject),
      person,
    ].slice(-20);
    file.save();
  }

  const app = express().disable('x-powered-by');
  app.use(styleRoutes());
  app.get('/', (req, res) => show(req, res, words => overviewPage(words, everybody())));

  const who = (req: Request, res: Response, query: Readonly<Record<string, unknown>>, wrong = false) => {
    const asked = read(query);
    if (!asked.ok) {
      const why = provider.refusal(asked.code, asked.why);
      return show(req, res, words => refusedPage(words, why), 400);
    }
    const again = asked.prompt === 'login' || asked.prompt === 'select_account';
    const { asks, paths } = provider;
    show(req, res, words =>
      whoPage({ words, action: paths.authorize, query, people: everybody(), asks, again, wrong }),
    );
  };
  app.get(provider.paths.authorize, (req, res) => who(req, res, req.query));
  app.post(provider.paths.authorize, express.urlencoded({ extended: false }), (req, res) => {
    const {
      person: chosen,
      error,
      subject,
      name,
      email,
      verified,
      taken,
      organization,
      ...query
    } = req.body as Record<string, unknown>;
    const asked = read(query);
    if (!asked.ok) return who(req, res, query);
    if (typeof error === 'string') return res.redirect(303, wayBack(asked.asked, { error }));
    const person =
      everybody().find(one => one.subject === chosen) ??
      readPerson({ subject, name, email, verified, taken, organization });
    if (!person) return who(req, res, query, true);
    remember(person);
    res.redirect(303, wayBack(asked.asked, { code: grants.grant(person, asked.asked) }));
  });

  function show(
    req: Request,
    res: Response,
    body: (words: (typeof WORDS)['en' | 'ko']) => Html,
    status = 200,
  ): void {
    const language = pageLanguage(req.get('accept-language'));
    const words = WORDS[language];
    res
      .status(status)
      .set(pageHeaders([options.redirectUri]))
      .send(
        page({
          language,
          title: words.title(provider.name),
          brand: `${provider.name} simulator`,
          notice: words.notice,
          body: body(words),
        }),
      );
  }

  /** Plays the trouble ordered for a moment of a call; true when there is nothing left to answer. */
  async function inTrouble(call: SignInCall, effect: 'before' | 'after', res: Response): Promise<boolean> {
    if (troubles.take('hang', { on: call, effect })) return true;
    await pause(troubles.take('slow', { on: call, effect })?.ms ?? 0);
    if (!troubles.take('error', { on: call, effect })) return false;
    sendAnswer(res, { status: 500, body: { error: 'server_error' } });
    return true;
  }

  function write(req: Request): void {
    const body = typeof req.body === 'string' ? req.body : '';
    calls.push({
      method: req.method,
      path: req.originalUrl,
      authorization: req.get('authorization') ?? null,
      body,
    });
  }

  const answers: Record<SignInCall, RequestHandler> = {
    async token(req, res) {
      write(req);
      if (await inTrouble('token', 'before', res)) return;
      const form = new URLSearchParams(typeof req.body === 'string' ? req.body : '');
      const refuse = (error: Parameters<Provider['tokenError']>[0], why: string) =>
        sendAnswer(res, provider.tokenError(error, why));
      if (form.get('client_id') !== options.clientId || form.get('client_secret') !== options.clientSecret)
        return refuse('invalid_client', 'client_id and client_secret do not belong together');
      if (form.get('grant_type') !== 'authorization_code')
        return refuse('invalid_request', 'grant_type must be authorization_code');
      const exchange = grants.exchange(form.get('code') ?? '', {
        redirectUri: form.get('redirect_uri') ?? '',
        verifier: form.get('code_verifier'),
      });
      if (!exchange.ok) return refuse('invalid_grant', exchange.why);
      if (await inTrouble('token', 'after', res)) return;
      const cut = troubles.take('cut', { on: 'token' }) !== null;
      sendAnswer(res, { status: 200, body: provider.tokenAnswer(exchange.token, exchange.scope) }, cut);
    },

    async userinfo(req, res) {
      write(req);
      if ((await inTrouble('userinfo', 'before', res)) || (await inTrouble('userinfo', 'after', res))) return;
      // In the address it would stand in every log on the way: the real ones warn of it, this one refuses.
      const [, token = ''] = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '') ?? [];
      const person = req.query['access_token'] === undefined ? grants.whose(token) : null;
      const { status, text } = provider.userinfo(person);
      const cut = troubles.take('cut', { on: 'userinfo' }) !== null;
      res.status(status).type('json');
      if (cut) res.set('content-length', String(Buffer.byteLength(text)));
      if (cut) res.write(text.slice(0, 10), () => res.socket?.destroy());
      else res.send(text);
    },
  };
  app.post(provider.paths.token, express.text({ type: () => true }), answers.token);
  app.get(provider.paths.userinfo, answers.userinfo);

  const server = await listen(app, options.port);
  const asked = (url: string) => {
    const found = read(Object.fromEntries(new URL(url).searchParams));
    if (!found.ok) throw new Error(`${provider.name} refuses: ${found.why}`);
    return found.asked;
  };
  return {
    origin: server.origin,
    people: provider.people,
    trouble: troubles.order,
    calm: troubles.calm,
    choose: (url, person) => wayBack(asked(url), { code: grants.grant(person, asked(url)) }),
    fail: (url, error) => wayBack(asked(url), { error }),
    advance: clock.advance,
    requests: () => structuredClone(calls),
    secrets: grants.secrets,
    close: server.close,
  };
}
