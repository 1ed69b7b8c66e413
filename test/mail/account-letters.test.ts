import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCALES } from '../../src/lib/locale.js';
import { EVENT_LETTERS } from '../../src/mail/letters.js';
import { inTransaction, type Tx } from '../../src/platform/db.js';
import { translator } from '../../src/platform/i18n.js';
import { emit } from '../../src/platform/jobs.js';
import { makeCustomer } from '../support/customer.js';
import { lettersTo } from '../support/letter-links.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ seeded: false })));
afterAll(() => shop.close());

let made = 0;
const NAME = 'Dilnoza Yoʻldosheva';

interface Told {
  event: string;
  /** Whose address the letter goes to, where it is not the user's own. */
  to?: string;
  kind: string;
  verified: boolean;
  /** Where its link leads. */
  leads: RegExp;
  tell: (tx: Tx, user: { userId: number; email: string }) => Promise<unknown>;
}

const asked = (tx: Tx, userId: number, kind: string, data: object) =>
  tx('account_events')
    .insert({ user_id: userId, at: shop.now(), actor: 'user', kind, data: JSON.stringify(data) })
    .returning<{ id: number }[]>('id')
    .then(([row]) => ({ userId, accountEventId: row!.id }));

const told = (): Told[] => {
  const another = `another${(made += 1)}@example.com`;
  return [
    {
      event: 'user.registered',
      kind: 'user-verify',
      verified: false,
      leads: /\/verify-email\/[\w-]{32}/,
      tell: (tx, { userId }) => emit(tx, 'user.registered', { userId }),
    },
    {
      event: 'user.known',
      kind: 'user-known',
      verified: true,
      leads: /\/sign-in\b/,
      tell: (tx, { userId }) => emit(tx, 'user.known', { userId }),
    },
    {
      event: 'user.reset-asked',
      kind: 'user-reset',
      verified: true,
      leads: /\/reset-password\/[\w-]{32}/,
      tell: (tx, { userId }) => emit(tx, 'user.reset-asked', { userId }),
    },
    {
      event: 'user.password-changed',
      kind: 'user-password-changed',
      verified: true,
      leads: /\/forgot-password\b/,
      tell: (tx, { userId }) => emit(tx, 'user.password-changed', { userId }),
    },
    {
      event: 'user.email-asked',
      to: another,
      kind: 'user-email-new',
      verified: true,
      leads: /\/email-change\/[\w-]{32}/,
      tell: async (tx, { userId }) =>
        emit(tx, 'user.email-asked', await asked(tx, userId, 'email-change-asked', { email: another })),
    },
    {
      event: 'user.email-asked',
      kind: 'user-email-old',
      verified: true,
      leads: /\/keep-email\/[\w-]{32}/,
      tell: async (tx, { userId }) =>
        emit(tx, 'user.email-asked', await asked(tx, userId, 'email-change-asked', { email: another })),
    },
    {
      event: 'user.email-changed',
      to: another,
      kind: 'user-email-changed',
      verified: true,
      leads: /\/keep-email\/[\w-]{32}/,
      tell: async (tx, { userId, email }) =>
        emit(
          tx,
          'user.email-changed',
          await asked(tx, userId, 'email-changed', { from: another, to: email }),
        ),
    },
  ];
};

test('the table names the letter of each event', () => {
  for (const { event, kind } of told())
    expect([kind, 'user-email-new']).toContain((EVENT_LETTERS as Record<string, unknown>)[event]);
});

describe.each(LOCALES)('in %s', locale => {
  const t = translator(locale);

  test.each(told().map((_each, index) => index))('letter %i says what happened and leads on', async index => {
    const { kind, verified, leads, tell, to } = told()[index]!;
    const user = await makeCustomer(shop, {
      email: `letter${(made += 1)}@example.com`,
      name: NAME,
      verified,
      locale,
    });
    await inTransaction(shop.db, tx => tell(tx, user));
    const letters = await lettersTo(shop, to ?? user.email);
    expect(letters).toHaveLength(1);
    const { subject, text, html } = letters[0]!;
    const key = `mail.${kind.replaceAll('-', '_')}`;
    expect(subject).toBe(t(`${key}.subject`, { shop: shop.config.shop.name }));
    const link = new RegExp(`${shop.origin}/${locale}${leads.source}`).exec(text)?.[0];
    expect(link).toBeDefined();
    expect(html).toContain(`href="${link!}"`);
    expect(html).toContain(`lang="${locale}"`);
    for (const body of [text, html]) expect(body).not.toMatch(/mail\.|\{\{|undefined|\[object/);
    // A name nobody has stood for may be a stranger's message.
    expect(text.includes(NAME)).toBe(verified);
  });
});

test('nobody disabled, gone or verified meanwhile is written to', async () => {
  const disabled = await makeCustomer(shop);
  await shop.db('users').where({ id: disabled.userId }).update({ disabled_at: shop.now() });
  const verified = await makeCustomer(shop);
  await inTransaction(shop.db, async tx => {
    await emit(tx, 'user.reset-asked', { userId: disabled.userId });
    await emit(tx, 'user.password-changed', { userId: disabled.userId });
    await emit(tx, 'user.registered', { userId: verified.userId });
    await emit(tx, 'user.reset-asked', { userId: 0 });
    await emit(tx, 'user.known', { userId: 0 });
  });
  expect(await lettersTo(shop, disabled.email)).toEqual([]);
  expect(await lettersTo(shop, verified.email)).toEqual([]);
  expect(shop.logs.filter(line => line.includes('"level":"error"'))).toEqual([]);
});
