import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { askProvider } from '../../src/checkout/index.js';
import { settlePayment } from '../../src/checkout/actions/settle.js';
import { HOUR, MINUTE } from '../../src/lib/time.js';
import { createGateways, findPayment } from '../../src/payments/index.js';
import { tossDesk } from '../payments/toss-desk.js';
import { checkoutFields, fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
let desk: ReturnType<typeof tossDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = tossDesk(shop);
});
afterAll(() => shop.close());
beforeEach(() => shop.mail.clear());
afterEach(async () => {
  shop.toss.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

describe('a virtual account', () => {
  it('is shown with bank, number, holder, sum and deadline, told by letter, and paid by a deposit', async () => {
    const bought = await desk.awaiting();
    const { accountNumber } = desk.atToss(bought).virtualAccount!;
    for (const words of ['농협은행', accountNumber, '김민지', '입금 기한', bought.total.toLocaleString('ko')])
      expect(bought.page).toContain(words);
    // Nothing can be paid beside it; the order can still be canceled.
    expect(bought.page).not.toContain('/payment?key=');
    expect(bought.page).toContain('/cancellation?key=');
    expect(await desk.payment(bought)).toMatchObject({ state: 'pending', method: 'virtual_account' });
    expect(desk.letters(bought)).toHaveLength(1);
    expect(shop.mail.letters()[0]?.text).toContain(accountNumber);
    expect(shop.mail.letters()[0]?.html).toContain(accountNumber);

    await desk.deposit(bought);
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(desk.letters(bought)).toHaveLength(2);
    const { text } = await bought.visitor.get(`/ko/orders/${bought.number}`);
    expect(text).not.toContain(accountNumber);
  });

  it('keeps order and stock until its deadline, not only until the window’s', async () => {
    const bought = await desk.awaiting(1);
    const held = await desk.stock(bought);
    const { expires_at } = await desk.order(bought);
    expect(expires_at).toEqual(new Date((await desk.payment(bought)).instructions!.due));
    shop.advance(23 * HOUR);
    await desk.sweep();
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
    expect(await desk.stock(bought)).toEqual(held);
  });

  it('ends with its deadline, of which Toss says nothing: account closed, stock back, buyer told', async () => {
    const bought = await desk.awaiting(2);
    const held = await desk.stock(bought);
    const told = shop.toss.deliveries().length;
    shop.advance(24 * HOUR + MINUTE);
    expect(shop.toss.deliveries()).toHaveLength(told);
    expect(desk.atToss(bought)).toMatchObject({
      status: 'WAITING_FOR_DEPOSIT',
      virtualAccount: { expired: true },
    });
    await Promise.all([desk.sweep(), desk.sweep()]);
    expect(desk.atToss(bought).status).toBe('CANCELED');
    expect(await desk.payment(bought)).toMatchObject({ state: 'expired', captured_amount: 0 });
    expect(await desk.order(bought)).toMatchObject({ state: 'canceled' });
    expect(await desk.stock(bought)).toEqual({ ...held, reserved: held.reserved - 1 });
    expect(desk.letters(bought)).toHaveLength(2);
    expect(await shop.toss.deposit(bought.providerId)).toBe(false);
  });

  it('ends in the same way where Toss tells of its closing before the one who closed it has written so', async () => {
    const bought = await desk.awaiting(6);
    await shop.toss.cancelByHand(bought.providerId);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'expired', captured_amount: 0 });
    // The account's own letter stands; nobody is told that a payment has failed.
    expect(desk.letters(bought)).toHaveLength(1);
    shop.advance(24 * HOUR + MINUTE);
    await desk.sweep();
    expect(await desk.order(bought)).toMatchObject({ state: 'canceled' });
  });

  it('paid in the last minute, with every webhook lost, is found paid and not ended', async () => {
    const bought = await desk.awaiting(3);
    shop.advance(24 * HOUR - MINUTE);
    shop.toss.trouble({ kind: 'webhooks-lost' });
    await desk.deposit(bought);
    shop.advance(2 * MINUTE);
    await desk.sweep();
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
  });

  it('is closed when the order is canceled, and no deposit comes in after that', async () => {
    const bought = await desk.awaiting(4);
    await bought.visitor.post(`/ko/orders/${bought.number}/cancellation`, {});
    expect(await desk.order(bought)).toMatchObject({ state: 'canceled' });
    expect(desk.atToss(bought)).toMatchObject({ status: 'CANCELED', approvedAt: null });
    expect(await shop.toss.deposit(bought.providerId)).toBe(false);
    await desk.sweep();
    expect(await desk.payment(bought)).toMatchObject({ state: 'expired', captured_amount: 0 });
  });

  it('is not left open where the order ended while Toss issued it', async () => {
    const bought = await desk.place('toss_virtual_account', 5);
    shop.toss.trouble({ kind: 'slow', ms: 400, effect: 'before', on: 'confirm', times: 1 });
    const { location } = shop.toss.approve(bought.providerId);
    const returning = bought.visitor.open(location);
    await expect
      .poll(() =>
        shop.toss
          .requests()
          .some(({ body }) => body.includes(bought.reference) && body.includes('paymentKey')),
      )
      .toBe(true);
    const canceled = createVisitor(shop.origin);
    await canceled.post(bought.link.replace('?', '/cancellation?'), {});
    await returning;
    await shop.settled();
    expect(await desk.order(bought)).toMatchObject({ state: 'canceled' });
    expect(desk.atToss(bought).status).toBe('CANCELED');
  });

  it.each([
    ['taken back', 'reversed', 'deposit_reversed'],
    ['there again', 'captured', null],
  ] as const)(
    'of which an older answer is written down after a newer one is %s in the end, as Toss says',
    async (what, state, hold) => {
      const bought = await desk.awaiting(7);
      const deps = { db: shop.db, gateways: createGateways(shop.config), baseUrl: shop.config.baseUrl };
      const ask = async () => {
        const payment = (await findPayment(shop.db, { paymentId: bought.paymentId }))!;
        return { seen: payment.state, evidence: await askProvider(deps, { payment }) };
      };
      const note = (asked: Awaited<ReturnType<typeof ask>>) =>
        settlePayment(shop.db, { paymentId: bought.paymentId, ...asked, actor: 'webhook', now: shop.now() });
      shop.toss.trouble({ kind: 'webhooks-lost' });
      await shop.toss.deposit(bought.providerId);
      if (what === 'there again') await note(await ask());
      if (what === 'there again') await shop.toss.loseDeposit(bought.providerId);
      const older = await ask();
      if (what === 'taken back') await shop.toss.loseDeposit(bought.providerId);
      else await shop.toss.deposit(bought.providerId);
      await note(await ask());
      await note(older);
      await shop.settled();
      expect(await desk.payment(bought)).toMatchObject({ state });
      expect(await desk.order(bought)).toMatchObject({ state: 'paid', hold });
    },
  );

  it('takes no other sum: the bank refuses, and nothing happens here', async () => {
    const bought = await desk.awaiting(6);
    expect(await shop.toss.deposit(bought.providerId, bought.total - 1)).toBe(false);
    await desk.sweep();
    expect(await desk.payment(bought)).toMatchObject({ state: 'pending' });
  });

  it('asked for twice by the same form leads to the order and its number, without a second window', async () => {
    const bought = await desk.awaiting(7);
    const again = await bought.visitor.post(bought.link.replace('?', '/payment?'), {
      payment_method: 'toss_virtual_account',
    });
    expect(again.location).toContain(`/ko/orders/${bought.number}`);
    const other = await bought.visitor.post(bought.link.replace('?', '/payment?'), {
      payment_method: 'toss',
    });
    expect(other.location).toContain(`/ko/orders/${bought.number}`);
    expect((await bought.visitor.get(other.location!)).text).toContain('입금을 기다리는 계좌가 있습니다');
    expect(await shop.db('payments').where({ order_id: bought.orderId })).toHaveLength(1);
  });
});

describe('another way to pay', () => {
  it('closes the first attempt and opens a window of the other method', async () => {
    const bought = await desk.place('toss', 8);
    const { location } = await bought.visitor.post(bought.link.replace('?', '/payment?'), {
      payment_method: 'toss_transfer',
    });
    expect(location).toContain(shop.toss.origin);
    const payments = await shop.db('payments').where({ order_id: bought.orderId }).orderBy('id');
    expect(payments).toMatchObject([
      { state: 'failed', method: 'card' },
      { state: 'opened', method: 'transfer' },
    ]);
    // The first window still stands open at Toss: agreeing there takes no money.
    await bought.visitor.open(shop.toss.approve(bought.providerId).location);
    expect(desk.atToss(bought).status).toBe('IN_PROGRESS');
    expect(desk.letters(bought)).toEqual([]);
  });

  it.each([
    ['toss', '카드', 'card'],
    ['toss_transfer', '계좌이체', 'transfer'],
    ['toss_mobile', '휴대폰', 'mobile_phone'],
    ['toss_gift', '문화상품권', 'gift_certificate'],
  ] as const)('%s opens the window of %s and is paid at once', async (way, korean, method) => {
    const bought = await desk.place(way, 9);
    const opened = shop.toss.requests().findLast(({ path }) => path === '/v1/payments');
    expect(JSON.parse(opened!.body)).toMatchObject({ method: korean, orderId: bought.reference });
    await desk.pay(bought);
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured', method });
    expect(desk.atToss(bought)).toMatchObject({ status: 'DONE', method: korean });
  });

  it('is paid by a wallet in the card’s window too', async () => {
    const bought = await desk.place('toss', 10);
    await bought.visitor.open(shop.toss.approve(bought.providerId, { method: '간편결제' }).location);
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(desk.atToss(bought)).toMatchObject({ method: '간편결제', card: null });
  });
});

describe('nothing is chosen beforehand', () => {
  it('the page offers all ways of Korea, none checked, and takes no order without one', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'ko', 11);
    const fields = await checkoutFields(visitor, { locale: 'ko', country: 'KR', provider: 'toss' });
    const { text } = await visitor.get('/ko/checkout');
    const radios = text.match(/<input type="radio" name="payment_method"[^>]*>/g) ?? [];
    expect(radios).toHaveLength(6);
    expect(radios.filter(radio => radio.includes('checked'))).toEqual([]);
    const refused = await visitor.post('/ko/checkout', { ...fields, payment_method: '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('payment_method-error');
  });
});
