import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStripeGateway } from '../../src/payments/gateways/stripe.js';
import { createTossGateway } from '../../src/payments/gateways/toss.js';
import { startMailSimulator, startStripeSimulator, startTossSimulator } from '../../src/simulators/index.js';
import { makeAttempt, queryOf } from '../payments/gateway-attempt.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'simulators-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a Stripe page opened before a restart is paid after it', async () => {
  const options = {
    port: 0,
    secretKey: 'sk_test_x',
    webhook: null,
    statePath: path.join(dir, 'deep', 'stripe.json'),
  };
  const first = await startStripeSimulator(options);
  const gatewayAt = ({ origin }: { origin: string }) =>
    createStripeGateway({
      secretKey: 'sk_test_x',
      webhookSecrets: [],
      apiOrigin: origin,
      checkoutOrigin: first.origin,
    });
  const attempt = makeAttempt();
  const opened = await gatewayAt(first).start(attempt);
  await first.close();
  const second = await startStripeSimulator(options);
  expect(await gatewayAt(second).start(attempt)).toEqual(opened);
  await second.pay(second.sessions()[0]?.id ?? '');
  expect(await gatewayAt(second).ask(attempt)).toMatchObject({ state: 'captured' });
  await second.close();
  expect(readdirSync(path.join(dir, 'deep'))).toEqual(['stripe.json']);
});

test('a Toss payment approved before a restart is confirmed after it', async () => {
  const options = { port: 0, secretKey: 'test_sk_x', webhook: null, statePath: path.join(dir, 'toss.json') };
  const first = await startTossSimulator(options);
  const gatewayAt = ({ origin }: { origin: string }) =>
    createTossGateway({ secretKey: 'test_sk_x', apiOrigin: origin });
  const attempt = makeAttempt();
  await gatewayAt(first).start(attempt);
  const { location } = first.approve(first.payments()[0]?.paymentKey ?? '');
  await first.close();
  const second = await startTossSimulator(options);
  expect(await gatewayAt(second).complete(attempt, queryOf(location))).toMatchObject({ state: 'captured' });
  await second.close();
});

test('letters survive a restart, and a broken file is started over', async () => {
  const options = { smtpPort: 0, httpPort: 0, statePath: path.join(dir, 'mail.json') };
  const first = await startMailSimulator(options);
  const transport = createTransport(first.smtpUrl);
  await transport.sendMail({ from: 'a@example.com', to: 'b@example.com', subject: 'kept', text: 'x' });
  transport.close();
  await first.close();
  const second = await startMailSimulator(options);
  expect(second.letters()).toMatchObject([{ subject: 'kept' }]);
  await second.close();
  writeFileSync(options.statePath, readFileSync(options.statePath, 'utf8').slice(0, 40));
  const third = await startMailSimulator(options);
  expect(third.letters()).toEqual([]);
  await third.close();
});
