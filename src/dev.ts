import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasProducts, seedDemo } from '../seeds/index.js';
import { hashPassword, newPassword, saveStaff } from './accounts/index.js';
import { createApp } from './app.js';
import { createGateways } from './payments/index.js';
import { readConfig, type Config } from './platform/config.js';
import { connect, inTransaction, type Db } from './platform/db.js';
import { startEmbeddedDatabase } from './platform/embedded-database.js';
import { logTo } from './platform/log.js';
import { migrate } from './platform/migrate.js';
import { dataDir } from './platform/places.js';
import { drain, failStart, untilStopped } from './platform/process.js';
import { listen, serve } from './server.js';
import { startJobs } from './worker.js';

/** Signs cookies of the demo; kept, so that a restart does not empty anybody's cart. */
function demoSecret(): string {
  const file = path.join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

const STRIPE_KEY = 'sk_test_simulated';
const STRIPE_WEBHOOK_SECRET = 'whsec_simulated';
const TOSS_KEY = 'test_sk_simulated';
/** Both providers know the store by this. */
const SIGN_IN_KEYS = { clientId: 'simulated', clientSecret: 'simulated-secret' };

/** Payment, mail and sign-in providers that live on this machine: no key, no money, no letter leaves. */
async function startSimulators({ port, baseUrl }: Config) {
  // Loaded only here: production has neither the code's packages nor a reason to.
  const {
    startGoogleSimulator,
    startKakaoSimulator,
    startMailSimulator,
    startStripeSimulator,
    startTossSimulator,
  } = await import('./simulators/index.js');
  const statePath = (name: string) => path.join(dataDir, 'simulators', `${name}.json`);
  const hook = (provider: string) => `http://127.0.0.1:${port}/webhooks/${provider}`;
  const stripe = await startStripeSimulator({
    port: port + 1,
    secretKey: STRIPE_KEY,
    webhook: { url: hook('stripe'), secret: STRIPE_WEBHOOK_SECRET },
    statePath: statePath('stripe'),
  });
  const toss = await startTossSimulator({
    port: port + 2,
    secretKey: TOSS_KEY,
    webhook: { url: hook('toss') },
    statePath: statePath('toss'),
  });
  const mail = await startMailSimulator({
    httpPort: port + 3,
    smtpPort: port + 4,
    statePath: statePath('mail'),
  });
  const signIn = (provider: string, at: number) => ({
    ...SIGN_IN_KEYS,
    port: at,
    redirectUri: `${baseUrl}/auth/${provider}/callback`,
    statePath: statePath(provider),
  });
  const google = await startGoogleSimulator(signIn('google', port + 5));
  const kakao = await startKakaoSimulator(signIn('kakao', port + 6));
  return { stripe, toss, mail, google, kakao };
}

/**
 * npm runs us through a shell, which does not pass SIGTERM on: when that shell is gone, so is whoever wanted the demo.
 * Without this, the port and the database would stay taken.
 */
function stopWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

const DEMO_STAFF = [
  { email: 'admin@trainium.example', name: 'Demo Administrator', role: 'admin' },
  { email: 'staff@trainium.example', name: 'Demo Staff', role: 'staff' },
] as const;
/** Known to everybody, so it opens nothing but a database that the demo has made itself. */
const DEMO_PASSWORD = 'train-every-day';

/** Somebody to sit at the desk, under one password: `password`. Made anew at every start, so that the banner is true. */
async function employDemoStaff(
  db: Db,
  { password, cost }: { password: string; cost: number },
): Promise<void> {
  const passwordHash = await hashPassword(password, cost);
  await inTransaction(db, async tx => {
    for (const staff of DEMO_STAFF) await saveStaff(tx, { ...staff, passwordHash, now: new Date() });
  });
}

/** `npm start`: the whole demo from nothing. With NODE_ENV=production this is the web process, as the Procfile has it. */
async function main(): Promise<void> {
  const asked = readConfig({ SESSION_SECRET: demoSecret(), ...process.env });
  const embedded = asked.databaseUrl ? null : await startEmbeddedDatabase(path.join(dataDir, 'postgres'));
  const simulators = await startSimulators(asked);
  const config = readConfig({
    SESSION_SECRET: asked.secrets.join(','),
    STRIPE_SECRET_KEY: STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET,
    STRIPE_ORIGIN: asked.stripe ? undefined : simulators.stripe.origin,
    TOSS_SECRET_KEY: TOSS_KEY,
    TOSS_ORIGIN: asked.toss ? undefined : simulators.toss.origin,
    SMTP_URL: simulators.mail.smtpUrl,
    ...(asked.google
      ? {}
      : {
          GOOGLE_CLIENT_ID: SIGN_IN_KEYS.clientId,
          GOOGLE_CLIENT_SECRET: SIGN_IN_KEYS.clientSecret,
          GOOGLE_ORIGIN: simulators.google.origin,
        }),
    ...(asked.kakao
      ? {}
      : {
          KAKAO_CLIENT_ID: SIGN_IN_KEYS.clientId,
          KAKAO_CLIENT_SECRET: SIGN_IN_KEYS.clientSecret,
          KAKAO_ORIGIN: simulators.kakao.origin,
        }),
    SHOP_OWNER: 'Demo Trainium',
    SHOP_ADDRESS: '1 Sample-ro, Mapo-gu, Seoul 04000',
    SHOP_PHONE: '+82 2 000 0000',
    SHOP_EMAIL: 'hello@trainium.example',
    SHOP_BUSINESS_NUMBER: '000-00-00000',
    SHOP_MAIL_ORDER_NUMBER: '2026-Seoul-00000',
    SHOP_HOSTING: 'Demo',
    SHOP_PRIVACY_OFFICER: 'Demo Trainium',
    ...process.env,
    DATABASE_URL: embedded?.url ?? asked.databaseUrl,
  });
  // The demo talks to a person: requests stay quiet, trouble does not.
  logTo(line => void (line.includes('"level":"info"') || process.stderr.write(`${line}\n`)));

  const database = connect(config.databaseUrl, { name: 'demo', max: config.databasePool + 4 });
  await migrate(database);
  const seeded = !(await hasProducts(database.db));
  if (seeded) await seedDemo(database.db);

  const password = embedded ? DEMO_PASSWORD : newPassword();
  await employDemoStaff(database.db, { password, cost: config.bcryptCost });

  const gateways = createGateways(config);
  const now = () => new Date();
  const app = await createApp({ config, database, gateways, now });
  const worker = await startJobs({ config, database, gateways, now, alone: true });
  const server = await listen(app, config.port);
  process.stdout.write(`
  TRAINIUM is open: ${config.baseUrl}
${seeded ? '  The demo shop has just been filled.\n' : ''}
  Desk       ${config.baseUrl}/admin
             ${DEMO_STAFF.map(({ email }) => email).join(' or ')}, password ${password}
  Payments   Stripe  ${asked.stripe ? 'your own key' : `simulated at ${simulators.stripe.origin}`}
             Toss    ${asked.toss ? 'your own key' : `simulated at ${simulators.toss.origin}`}
  Sign-in    Google  ${asked.google ? 'your own key' : `simulated at ${simulators.google.origin}`}
             Kakao   ${asked.kakao ? 'your own key' : `simulated at ${simulators.kakao.origin}`}
  Letters    ${process.env.SMTP_URL ? 'your own server' : `kept at ${simulators.mail.origin}`}
  Database   ${embedded ? `embedded, in ${embedded.dir}` : 'DATABASE_URL'}

  No money moves and no letter leaves this machine unless you set keys of your own. Ctrl-C stops the store.
`);
  stopWithParent();
  await untilStopped(async () => {
    await drain(server);
    await worker.stop();
    await Promise.all(Object.values(simulators).map(simulator => simulator.close()));
    await database.close();
    if (embedded) embedded.stop();
  });
}

if (process.env.NODE_ENV === 'production') await serve().catch(failStart);
else await main().catch(failStart);
