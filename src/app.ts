import connectPgSimple from 'connect-pg-simple';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import express, { Router, type Express, type RequestHandler } from 'express';
import session from 'express-session';
import {
  accountsRoutes,
  authRoutes,
  createProviders,
  createSeal,
  loadViewer,
  type AccountsDeps,
} from './accounts/index.js';
import { adminRoutes } from './admin/index.js';
import { bringCart, cartRoutes, countPieces, loadCartHolder } from './cart/index.js';
import { checkoutRoutes, webhookRoutes } from './checkout/index.js';
import { LOCALES, isLocale, type Locale } from './lib/locale.js';
import { DAY } from './lib/time.js';
import { mediaRoutes } from './media/index.js';
import { myAccountRoutes } from './my-account/index.js';
import { attachOrders, orderRoutes } from './orders/index.js';
import type { Gateways } from './payments/index.js';
import { loadAftercare, returnRoutes } from './returns/index.js';
import type { Config } from './platform/config.js';
import { inTransaction, type Database } from './platform/db.js';
import { guessLanguage } from './platform/i18n.js';
import { meterStatements } from './platform/meter.js';
import { isMigrated } from './platform/migrate.js';
import { fillLayout, siteRoutes, storefrontRoutes } from './storefront/index.js';
import {
  createAnswer,
  createCookies,
  createRateLimit,
  errorPages,
  loadAssets,
  localeContext,
  notFound,
  plainCookies,
  requestLog,
  sameSiteOnly,
  securityHeaders,
} from './web/index.js';

export interface AppDeps {
  config: Config;
  database: Database;
  gateways: Gateways;
  /** The clock that rules are told; tests move it. */
  now: () => Date;
}

/** The whole store as one Express app: everything a request passes, in the order it passes it. */
export async function createApp({ config, database, gateways, now }: AppDeps): Promise<Express> {
  const { db, pool } = database;
  const { production, baseUrl } = config;
  const assets = await loadAssets();
  const cookies = createCookies(production);
  const answer = createAnswer({ assets, cookies, baseUrl });
  const limit = (name: string, tries: number, seconds: number) =>
    createRateLimit(pool, { name, tries, seconds });
  const payDeps = { db, gateways, baseUrl };
  const formOrigins = [
    ...Object.values(gateways).flatMap(gateway => gateway.redirectOrigins),
    ...config.formOrigins,
  ];
  meterStatements(db);

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);

  app.use((_req, res, next) => {
    Object.assign(res.locals, { baseUrl, shop: config.shop });
    next();
  });
  app.use(requestLog);
  app.get('/health', (_req, res) => void res.type('text').send('ok'));
  app.get('/ready', ready(database));
  app.use(securityHeaders({ production, formOrigins }));
  app.use('/assets', assets.serve);
  app.use(mediaRoutes({ db }));
  app.use(webhookRoutes({ ...payDeps, limit: limit('webhook', 120, 60), now }));

  app.use(compression());
  app.use(cookieParser([...config.secrets]), plainCookies);
  app.use(sameSiteOnly);
  app.use(siteRoutes({ db, baseUrl }));
  app.get('/', guessLanguage, (req, res) => {
    const chosen = cookies.read(req, 'language');
    const guessed = (req as { i18n?: { resolvedLanguage?: string } }).i18n?.resolvedLanguage;
    const locale: Locale = isLocale(chosen) ? chosen : isLocale(guessed) ? guessed : 'en';
    res
      .vary('Cookie')
      .vary('Accept-Language')
      .set('Cache-Control', 'private, no-cache')
      .redirect(302, `/${locale}/`);
  });

  const keepSession = sessions(config, database, cookies.session);
  const readForm = express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 200 });
  const knowViewer = loadViewer({ db, staffNeedSecondFactor: config.requireStaffSecondFactor, now });
  const knowCart = loadCartHolder({ db, cookies, now });
  app.use('/admin', keepSession, knowViewer, readForm, adminRoutes({ ...payDeps, answer, cookies, now }));

  const accounts: AccountsDeps = {
    db,
    answer,
    cookies,
    baseUrl,
    bcryptCost: config.bcryptCost,
    seal: createSeal(config.secrets, 'second factor'),
    staffNeedSecondFactor: config.requireStaffSecondFactor,
    afterSignIn: async (req, res, { user, now: at }) => {
      // Prices as they were chosen once; the language stays the address's.
      if (user.currency) cookies.write(res, 'currency', user.currency);
      if (user.emailVerifiedAt)
        await inTransaction(db, tx => attachOrders(tx, { userId: user.id, email: user.email }));
      return await bringCart({ db, cookies }, req, res, { userId: user.id, now: at });
    },
    afterVerified: attachOrders,
    providers: createProviders({ google: config.google, kakao: config.kakao }, { baseUrl, now }),
    leaveLimit: limit('provider', 30, 600),
    now,
  };
  app.use('/auth', keepSession, knowViewer, knowCart, authRoutes(accounts));

  const shop = Router();
  shop.use(keepSession, knowViewer, knowCart, readForm);
  shop.use(fillLayout({ db, cartCount: res => countPieces(db, res.locals.cart) }));
  shop.use(accountsRoutes(accounts));
  shop.use(
    myAccountRoutes({
      db,
      answer,
      cookies,
      bcryptCost: config.bcryptCost,
      avatarLimit: limit('avatar', 20, 3_600),
      exportLimit: limit('export', 5, 86_400),
      now,
    }),
  );
  shop.use(cartRoutes({ db, answer, cookies, codeLimit: limit('discount-code', 20, 60), now }));
  shop.use(checkoutRoutes({ ...payDeps, answer, cookies, placeLimit: limit('place', 30, 600), now }));
  shop.use(
    orderRoutes({
      db,
      answer,
      baseUrl,
      findLimit: limit('find-order', 5, 900),
      findVisitorLimit: limit('find-order-visitor', 30, 900),
      trackLimit: limit('track', 60, 600),
      aftercare: loadAftercare,
      accountLimit: limit('refund-account', 10, 3_600),
      providers: Object.values(gateways).map(gateway => gateway.provider),
      now,
    }),
  );
  shop.use(returnRoutes({ db, answer, declareLimit: limit('return', 20, 3_600), now }));
  shop.use(
    storefrontRoutes({
      db,
      answer,
      cookies,
      now,
      baseUrl,
      payments: Object.keys(gateways),
      askLimit: limit('stock-request', 5, 3_600),
      askVisitorLimit: limit('stock-request-visitor', 20, 3_600),
    }),
  );
  for (const locale of LOCALES) app.use(`/${locale}`, localeContext(locale, cookies), shop);

  app.use(notFound);
  app.use(errorPages(answer));
  return app;
}

/** The process can serve: the database answers and has every migration of this release. */
function ready(database: Database): RequestHandler {
  return async (_req, res) => {
    const yes = await isMigrated(database).catch(() => false);
    res
      .status(yes ? 200 : 503)
      .type('text')
      .send(yes ? 'ready' : 'not ready');
  };
}

/** How long the row of a session is kept whose cookie ends with the browser: longer than any such sign-in lasts. */
const SESSION_ROW_S = (8 * DAY) / 1_000;

/** Sessions exist only for who has something to keep: a guest who browses causes no row and no query. */
function sessions(config: Config, { pool }: Database, name: string): RequestHandler {
  const Store = connectPgSimple(session);
  return session({
    store: new Store({
      pool,
      tableName: 'sessions',
      disableTouch: true,
      pruneSessionInterval: false,
      ttl: SESSION_ROW_S,
    }),
    name,
    secret: [...config.secrets],
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 30 * DAY, httpOnly: true, sameSite: 'lax', secure: config.production, path: '/' },
  });
}
