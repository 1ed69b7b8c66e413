import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { giveRefundAccount } from '../../src/payments/index.js';
import { createVisitor } from '../support/visitor.js';
import { startShop, type Shop } from '../support/shop.js';
import { tossDesk, type Bought } from './toss-desk.js';

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

const ACCOUNT = { bank: '88', account_number: '110-123-456789', holder: '김민지' };
const SHORT = { bank: '88', accountNumber: '6789', holderName: '' };
const states = async (bought: Bought) => (await desk.refunds(bought)).map(({ state }) => state);
const cancels = () => shop.toss.requests().filter(({ path }) => path.endsWith('/cancel'));
const accountPath = ({ link }: Bought) => link.replace('?', '/refund-account?');

async function paidDeposit(skip: number): Promise<Bought> {
  const bought = await desk.awaiting(skip);
  await desk.deposit(bought);
  return bought;
}
async function paidCard(skip: number): Promise<Bought> {
  const bought = await desk.place('toss', skip);
  await desk.pay(bought);
  return bought;
}

describe('a deposit goes back to an account', () => {
  it('that the buyer names on the order’s page, without a script; only bank and last digits are kept', async () => {
    const bought = await paidDeposit(0);
    expect(await desk.refund(bought, bought.total)).toMatchObject({ ok: true });
    await shop.settled();
    expect(await states(bought)).toEqual(['needs_account']);
    const asked = cancels().length;
    const letter = shop.mail.letters().find(({ text }) => text.includes('/refund-account?key='));
    expect(letter?.to).toContain('minji.kim@example.com');

    const { text } = await bought.visitor.get(`/ko/orders/${bought.number}`);
    expect(text).toContain('/refund-account?key=');
    expect(text).toContain('카카오뱅크');
    const answered = await bought.visitor.post(accountPath(bought), ACCOUNT);
    expect(answered.status).toBe(303);
    await shop.settled();
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'succeeded', refund_account: SHORT }]);
    expect(await desk.payment(bought)).toMatchObject({ state: 'refunded' });
    expect(cancels()).toHaveLength(asked + 1);
    expect(JSON.parse(cancels().at(-1)!.body)).toMatchObject({
      refundReceiveAccount: { bank: '88', accountNumber: '110123456789', holderName: '김민지' },
      cancelAmount: bought.total,
      refundableAmount: bought.total,
    });
    expect(shop.logs.join('')).not.toContain('110123456789');
    // Sent once more it asks for nothing.
    expect((await bought.visitor.post(accountPath(bought), ACCOUNT)).status).toBe(303);
    await shop.settled();
    expect(cancels()).toHaveLength(asked + 1);
  });

  it.each([
    [{ ...ACCOUNT, bank: '' }, 'bank'],
    [{ ...ACCOUNT, bank: '99' }, 'bank'],
    [{ ...ACCOUNT, account_number: '12345' }, 'account_number'],
    [{ ...ACCOUNT, account_number: '1'.repeat(21) }, 'account_number'],
    [{ ...ACCOUNT, account_number: '<b>110</b>' }, 'account_number'],
    [{ ...ACCOUNT, holder: '' }, 'holder'],
    [{ ...ACCOUNT, holder: '김'.repeat(61) }, 'holder'],
  ])('form %# comes back as typed, with what to mend at %s', async (typed, field) => {
    const bought = await unnamed();
    const answered = await bought.visitor.post(accountPath(bought), typed);
    expect(answered.status).toBe(422);
    expect(answered.text).toMatch(/<title>[^<]*:/);
    expect(answered.text).toContain(`id="${field}-error"`);
    expect(answered.text).not.toContain('<b>110</b>');
    if (field !== 'holder') expect(answered.text).toContain('value="김민지"');
    expect(await states(bought)).toEqual(['needs_account']);
  });

  let waiting: Bought | null = null;
  async function unnamed(): Promise<Bought> {
    if (waiting) return waiting;
    waiting = await paidDeposit(1);
    await desk.refund(waiting, 1_000);
    return waiting;
  }

  it('and nobody else’s: another’s order is not found, a repeated field is not taken', async () => {
    const bought = await unnamed();
    const stranger = createVisitor(shop.origin);
    const path = `/ko/orders/${bought.number}/refund-account`;
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(path, ACCOUNT)).status).toBe(404);
    expect((await stranger.get(accountPath(bought))).status).toBe(200);
    expect(await states(bought)).toEqual(['needs_account']);
  });

  it('unless somebody has given more by hand meanwhile: then it was given another way', async () => {
    const bought = await paidDeposit(3);
    await desk.refund(bought, bought.total - 1_000);
    await shop.settled();
    expect(await states(bought)).toEqual(['needs_account']);
    await shop.toss.cancelByHand(bought.providerId);
    await shop.settled();
    expect(await desk.refunds(bought)).toMatchObject([
      { state: 'failed', failure_code: 'given_before' },
      { state: 'succeeded', amount: bought.total },
    ]);
    expect(await desk.payment(bought)).toMatchObject({ state: 'refunded' });
  });

  it('that the bank does not know is asked for again, with a new key', async () => {
    const bought = await paidDeposit(2);
    await desk.refund(bought, 10_000);
    await shop.settled();
    await bought.visitor.post(accountPath(bought), { ...ACCOUNT, account_number: '0000000000' });
    await shop.settled();
    expect(await desk.refunds(bought)).toMatchObject([
      { state: 'needs_account', failure_code: 'INVALID_REFUND_ACCOUNT_NUMBER' },
    ]);
    expect((await desk.refunds(bought))[0]?.refund_account?.accountNumber).toBe('0000');
    expect(desk.letters(bought).filter(subject => subject.includes('계좌'))).toHaveLength(2);
    const shown = await bought.visitor.get(`/ko/orders/${bought.number}`);
    expect(shown.text).toContain('은행에서 확인하지 못했습니다');
    await bought.visitor.post(accountPath(bought), ACCOUNT);
    await shop.settled();
    expect(await states(bought)).toEqual(['succeeded']);
    const keys = cancels()
      .slice(-2)
      .map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('given twice at once is given once', async () => {
    const bought = await paidDeposit(3);
    await desk.refund(bought, 5_000);
    const [refund] = await desk.refunds(bought);
    const account = { bank: '88', accountNumber: '110123456789', holderName: '김민지' };
    const given = await Promise.all(
      Array.from({ length: 8 }, () => giveRefundAccount(shop.db, { refundId: refund!.id, account })),
    );
    expect(given.filter(({ ok }) => ok)).toHaveLength(1);
    await shop.settled();
    expect(await states(bought)).toEqual(['succeeded']);
  });

  it('is refused for a card: a stolen form must not send a card’s money elsewhere', async () => {
    const bought = await paidCard(4);
    shop.toss.trouble({ kind: 'error', effect: 'before', on: 'cancel' });
    await desk.refund(bought, 5_000);
    const [refund] = await desk.refunds(bought);
    const account = { bank: '88', accountNumber: '110123456789', holderName: '나쁜놈' };
    expect(await giveRefundAccount(shop.db, { refundId: refund!.id, account })).toEqual({
      ok: false,
      reason: 'not-asked',
    });
    shop.toss.calm();
    await desk.hurry();
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'succeeded', refund_account: null }]);
    expect(cancels().at(-1)?.body).not.toContain('refundReceiveAccount');
  });
});

describe('a card’s refund', () => {
  it('in part, then the rest, is whole by its balance and not by Toss’s status', async () => {
    const bought = await paidCard(5);
    await desk.refund(bought, 40_000);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'partially_refunded' });
    await desk.refund(bought, bought.total - 40_000);
    await shop.settled();
    expect(desk.atToss(bought)).toMatchObject({ status: 'PARTIAL_CANCELED', balanceAmount: 0 });
    expect(await desk.payment(bought)).toMatchObject({ state: 'refunded', refunded_amount: bought.total });
  });

  it('asked for twice at once gives no more than came in; two equal parts are two refunds', async () => {
    const bought = await paidCard(6);
    const half = Math.floor(bought.total / 2);
    const asked = await Promise.all([1, 2, 3].map(() => desk.refund(bought, half)));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(2);
    await shop.settled();
    await desk.hurry();
    expect(await states(bought)).toEqual(['succeeded', 'succeeded']);
    expect(desk.atToss(bought).cancels).toHaveLength(2);
    expect(bought.total - desk.atToss(bought).balanceAmount).toBe(half * 2);
  });

  it.each(['NOT_CANCELABLE_PAYMENT', 'EXCEED_MAX_REFUND_DUE', 'REFUND_REJECTED'])(
    'refused with %s fails with that code, is told to staff, and leaves the money to be given otherwise',
    async code => {
      const bought = await paidCard(7);
      shop.toss.trouble({ kind: 'answer-code', code, on: 'cancel', times: 1 });
      await desk.refund(bought, 3_000);
      await shop.settled();
      expect(await desk.refunds(bought)).toMatchObject([{ state: 'failed', failure_code: code }]);
      expect(await desk.payment(bought)).toMatchObject({ state: 'captured', refunded_amount: 0 });
      expect(await desk.events('refund.failed', bought)).toBe(1);
      await desk.refund(bought, 3_000);
      await shop.settled();
      expect(await states(bought)).toEqual(['failed', 'succeeded']);
    },
  );
});

describe('a cancellation made at Toss’s own console', () => {
  it('in part enters the books with Toss as its actor, once, however often it is told', async () => {
    const bought = await paidCard(8);
    shop.toss.trouble({ kind: 'webhooks-duplicated' });
    await shop.toss.cancelByHand(bought.providerId, { amount: 7_000 });
    await shop.settled();
    expect(await desk.refunds(bought)).toMatchObject([
      { state: 'succeeded', amount: 7_000, actor: 'toss', imported: true },
    ]);
    expect(await desk.payment(bought)).toMatchObject({ state: 'partially_refunded', refunded_amount: 7_000 });
    // What is left can still be given back by us.
    await desk.refund(bought, bought.total - 7_000);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'refunded' });
  });

  it('of everything makes the payment refunded', async () => {
    const bought = await paidCard(9);
    await shop.toss.cancelByHand(bought.providerId);
    await shop.settled();
    expect(desk.atToss(bought).status).toBe('CANCELED');
    expect(await desk.payment(bought)).toMatchObject({ state: 'refunded' });
  });

  it('of an account nobody has paid into is no refund: canceled does not mean that it was paid', async () => {
    const bought = await desk.awaiting(10);
    await shop.toss.cancelByHand(bought.providerId);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'expired', captured_amount: 0 });
    expect(await desk.refunds(bought)).toEqual([]);
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
  });

  it('of everything, before the store ever saw the money, pays no order', async () => {
    const bought = await desk.place('toss', 11);
    shop.toss.trouble([{ kind: 'webhooks-lost' }, { kind: 'hang', effect: 'after', on: 'confirm' }]);
    const { location } = shop.toss.approve(bought.providerId);
    const dying = new AbortController();
    const returning = fetch(location, { signal: dying.signal, redirect: 'manual' }).catch(() => 'gone');
    await expect.poll(() => desk.atToss(bought).status).toBe('DONE');
    dying.abort();
    await returning;
    await shop.toss.cancelByHand(bought.providerId);
    shop.advance(61_000);
    await desk.sweep();
    expect(await desk.payment(bought)).toMatchObject({ state: 'failed', captured_amount: 0 });
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
  });

  it('of the sum a refund of ours waits to give to an account is that refund', async () => {
    const bought = await paidDeposit(0);
    await desk.refund(bought, bought.total);
    await shop.toss.cancelByHand(bought.providerId);
    await shop.settled();
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'succeeded', imported: false }]);
    expect(await desk.payment(bought)).toMatchObject({ state: 'refunded' });
  });

  it('that gave the money our refund wanted to give fails ours and enters by itself', async () => {
    const bought = await paidCard(1);
    shop.toss.trouble([
      { kind: 'webhooks-lost' },
      { kind: 'error', effect: 'before', on: 'cancel', times: 1 },
    ]);
    await desk.refund(bought, bought.total);
    await shop.settled();
    await shop.toss.cancelByHand(bought.providerId, { amount: 5_000 });
    await desk.hurry();
    await desk.hurry();
    const refunds = await desk.refunds(bought);
    expect(refunds.filter(({ state }) => state === 'failed')).toHaveLength(1);
    expect(refunds.filter(({ state, imported }) => state === 'succeeded' && imported)).toHaveLength(1);
    expect(await desk.payment(bought)).toMatchObject({ state: 'partially_refunded', refunded_amount: 5_000 });
  });
});
