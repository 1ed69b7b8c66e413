import { describe, expect, it } from 'vitest';
import { readCheckout, typedCheckout } from '../../src/checkout/forms.js';
import { addressFields, isOptional } from '../../src/checkout/rules.js';
import { choicesFor, type PayChoice } from '../../src/payments/rules.js';

const KR = {
  email: 'mina@example.com',
  name: '김미나',
  phone: '010-1234-5678',
  country: 'KR',
  postal_code: '04524',
  address1: '서울특별시 중구 세종대로 110',
  address2: '3층',
  payment_method: 'toss',
  terms: 'yes',
  expected_total: '1293000',
  expected_currency: 'KRW',
};
const read = (
  typed: Record<string, unknown>,
  country = 'KR',
  choices: PayChoice[] = ['toss', 'toss_virtual_account', 'stripe'],
) => readCheckout(typedCheckout(typed), { country, choices });
const errorFields = (typed: Record<string, unknown>, country?: string) => {
  const result = read(typed, country);
  return result.ok ? [] : result.errors.map(error => error.field);
};

describe('a checkout form', () => {
  it('is read when it is complete', () => {
    const result = read(KR);
    expect(result).toMatchObject({
      ok: true,
      expected: { amount: 1_293_000, currency: 'KRW' },
      value: { phone: '+821012345678', provider: 'toss', method: 'card' },
    });
  });

  it.each([
    '010-1234-5678',
    '010 1234 5678',
    '01012345678',
    '+82 10-1234-5678',
    '010.1234.5678',
    '０１０-１２３４-５６７８',
  ])('takes the phone number typed as %s', phone =>
    expect(read({ ...KR, phone })).toMatchObject({ ok: true, value: { phone: '+821012345678' } }),
  );

  it.each(['04524', ' 04524 ', '04 524', '０４５２４'])('takes the postcode typed as %s', postal_code =>
    expect(read({ ...KR, postal_code })).toMatchObject({ ok: true, value: { postalCode: '04524' } }),
  );

  it.each([
    ['email', ''],
    ['email', 'mina'],
    ['email', 'a@b.com, c@d.com'],
    ['email', '"a@evil x"@example.com'],
    ['email', 'mina@example.com\nBcc: x@example.com'],
    ['name', '   '],
    ['phone', ''],
    ['phone', '12'],
    ['postal_code', '135-080'],
    ['address1', ''],
    ['payment_method', 'paypal'],
    ['payment_method', ''],
    ['terms', ''],
    ['terms', 'on'],
    ['summary', ''],
  ])('names %s when it is %j', (field, value) => {
    expect(
      errorFields({ ...KR, ...(field === 'summary' ? { expected_total: '-1' } : { [field]: value }) }),
    ).toContain(field);
  });

  it('drops what it does not know and what is not one text', () => {
    const result = read({
      ...KR,
      state: 'paid',
      total: '1',
      user_id: '7',
      note: ['a', 'b'],
      address2: { x: 'y' },
    });
    expect(result.ok && Object.keys(result.value).sort()).toEqual(
      [
        'address1',
        'address2',
        'city',
        'country',
        'email',
        'method',
        'name',
        'note',
        'phone',
        'postalCode',
        'provider',
        'region',
        'shippingMethod',
      ].sort(),
    );
    expect(result).toMatchObject({ ok: true, value: { note: '', address2: '' } });
  });

  it('keeps Uzbek regions to their list and lets the postcode be empty', () => {
    const uz = {
      ...KR,
      phone: '90 123 45 67',
      region: 'UZ-FA',
      city: 'Margʻilon',
      address1: 'Mustaqillik 12',
      postal_code: '',
    };
    expect(read(uz, 'UZ')).toMatchObject({ ok: true, value: { region: 'UZ-FA', phone: '+998901234567' } });
    expect(errorFields({ ...uz, region: 'Atlantis' }, 'UZ')).toContain('region');
    expect(errorFields({ ...uz, postal_code: '12' }, 'UZ')).toContain('postal_code');
  });

  it.each([
    'a'.repeat(10_000),
    'a@'.repeat(5_000),
    `x@${'a.'.repeat(5_000)}`,
    '('.repeat(10_000),
    '\u0000\u202e\ud800',
  ])('refuses hostile text %#, in linear time', hostile =>
    expect(errorFields({ ...KR, email: hostile, postal_code: hostile })).toEqual(
      expect.arrayContaining(['email', 'postal_code']),
    ),
  );
});

describe('fields of an address', () => {
  it.each([
    ['KR', 'KRW'],
    ['KR', 'USD'],
    ['UZ', 'UZS'],
    ['UZ', 'KRW'],
    ['US', 'USD'],
    ['US', 'KRW'],
    ['DE', 'USD'],
    ['AE', 'UZS'],
  ] as const)('leave a guest in %s paying %s at most eight visible fields', (country, currency) => {
    const contact = 3;
    const payment = choicesFor(['toss', 'stripe'], currency, country).length > 1 ? 1 : 0;
    const terms = 1;
    expect(contact + addressFields(country).visible.length + payment + terms).toBeLessThanOrEqual(8);
  });

  it('are never asked for twice, and what hides is optional', () => {
    for (const country of ['KR', 'UZ', 'US', 'DE', 'AE']) {
      const { visible, more } = addressFields(country);
      expect(new Set([...visible, ...more]).size).toBe(visible.length + more.length);
      for (const field of more) expect(isOptional(field, country)).toBe(true);
    }
  });
});

describe('ways to pay', () => {
  it('are those of Toss for won delivered in Korea only, Stripe for all', () => {
    const korean: PayChoice[] = ['toss', 'toss_transfer', 'toss_virtual_account', 'toss_mobile', 'toss_gift'];
    expect(choicesFor(['toss', 'stripe'], 'KRW', 'KR')).toEqual([...korean, 'stripe']);
    expect(choicesFor(['toss'], 'KRW', 'KR')).toEqual(korean);
    expect(choicesFor(['toss', 'stripe'], 'USD', 'KR')).toEqual(['stripe']);
    expect(choicesFor(['toss', 'stripe'], 'KRW', 'US')).toEqual(['stripe']);
    expect(choicesFor(['toss'], 'UZS', 'UZ')).toEqual([]);
  });

  it('keep the method beside the provider', () => {
    expect(read({ ...KR, payment_method: 'toss_virtual_account' })).toMatchObject({
      value: { provider: 'toss', method: 'virtual_account' },
    });
    expect(read({ ...KR, payment_method: 'stripe' })).toMatchObject({
      value: { provider: 'stripe', method: '' },
    });
    for (const payment_method of ['toss_mobile', 'toString', '', 'card'])
      expect(errorFields({ ...KR, payment_method })).toEqual(['payment_method']);
  });
});
