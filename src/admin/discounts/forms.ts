import type { Amounts, DiscountDraft, DiscountKind, DiscountUse } from '../../discounts/index.js';
import { CURRENCIES, money, parseAmount, toDecimal } from '../../lib/money.js';
import { HOUR } from '../../lib/time.js';
import { typedFields, type FieldError, type Read } from '../../web/index.js';

export const KINDS = [
  'percent',
  'amount',
  'free_delivery',
  'buy_get',
] as const satisfies readonly DiscountKind[];

const FIELDS = [
  'code',
  'kind',
  'name_en',
  'name_ko',
  'name_uz',
  'rate',
  ...CURRENCIES.map(currency => `amount_${currency}`),
  'buy',
  'get',
  ...CURRENCIES.map(currency => `minimum_${currency}`),
  'skus',
  'starts_at',
  'ends_at',
  'first_order_only',
  'limit_per_customer',
  'limit_total',
  'exclusive',
  'position',
];

/** Every field as typed, and the categories that were ticked. */
export interface TypedDiscount {
  fields: Record<string, string>;
  categoryIds: number[];
}

export function typedDiscount(body: unknown): TypedDiscount {
  const chosen = (body as Record<string, unknown> | null | undefined)?.category;
  const texts = (Array.isArray(chosen) ? chosen : [chosen]).filter(each => typeof each === 'string');
  return {
    fields: typedFields(body, FIELDS),
    categoryIds: [...new Set(texts.filter(text => /^\d{1,15}$/.test(text)).map(Number))].slice(0, 200),
  };
}

/** A discount as its form shows it. */
export function discountFields(discount: DiscountUse, skus: readonly string[]): TypedDiscount {
  const amounts = (name: string, given: Amounts) =>
    CURRENCIES.map((currency): [string, string] => {
      const units = given[currency];
      return [`${name}_${currency}`, units === undefined ? '' : toDecimal(money(units, currency))];
    });
  return {
    categoryIds: [...discount.categoryIds],
    fields: {
      code: discount.code ?? '',
      kind: discount.kind,
      name_en: discount.name.en,
      name_ko: discount.name.ko ?? '',
      name_uz: discount.name.uz ?? '',
      rate: discount.rateBp > 0 ? String(discount.rateBp / 100) : '',
      ...Object.fromEntries([
        ...amounts('amount', discount.amounts),
        ...amounts('minimum', discount.minimums),
      ]),
      buy: discount.buy > 0 ? String(discount.buy) : '',
      get: discount.get > 0 ? String(discount.get) : '',
      skus: skus.join('\n'),
      starts_at: printTime(discount.startsAt),
      ends_at: printTime(discount.endsAt),
      first_order_only: discount.firstOrderOnly ? 'yes' : '',
      limit_per_customer: discount.limitPerCustomer === null ? '' : String(discount.limitPerCustomer),
      limit_total: discount.limitTotal === null ? '' : String(discount.limitTotal),
      exclusive: discount.exclusive ? 'yes' : '',
      position: String(discount.position),
    },
  };
}

/** Korea's clock, where the shop is run from: nine hours ahead all year. */
const AHEAD = 9 * HOUR;
const printTime = (at: Date | null): string =>
  at === null ? '' : new Date(at.getTime() + AHEAD).toISOString().slice(0, 16);

/** A moment as a browser's field sends it, by Korea's clock; undefined when it is none. */
function readTime(text: string): Date | null | undefined {
  if (text.trim() === '') return null;
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?$/.exec(text.trim());
  if (!match) return undefined;
  const at = new Date(`${match[1]}T${match[2]}:00Z`);
  // 31 February would be taken for a day in March.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 16) !== `${match[1]}T${match[2]}`)
    return undefined;
  return new Date(at.getTime() - AHEAD);
}

/** Basis points of a percentage such as "12.5"; null when it is none. */
function readPercent(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.replace('%', '').trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

const SKU_LENGTH = 100;
const MOST_SKUS = 200;

/** SKUs one a line or between commas, each once. */
export const readSkus = (text: string): string[] =>
  [...new Set(text.split(/[\n,;]/).map(sku => sku.replaceAll('\0', '').trim()))]
    .filter(sku => sku !== '' && sku.length <= SKU_LENGTH)
    .slice(0, MOST_SKUS);

/**
 * The draft of a form, products left out (their SKUs have to be looked up). Whether its parts fit together is the room's
 * to say; here is only what can be read at all.
 */
export function readDiscount({ fields, categoryIds }: TypedDiscount): Read<DiscountDraft> {
  const errors: FieldError[] = [];
  const wrong = (field: string, key: string) => errors.push({ field, key: `admin.discounts.error.${key}` });
  const text = (name: string) => fields[name]!.replaceAll('\0', '').normalize('NFC').trim();

  const whole = (name: string): number | null => {
    if (text(name) === '') return null;
    if (/^\d{1,9}$/.test(text(name))) return Number(text(name));
    wrong(name, 'whole');
    return null;
  };
  const amounts = (name: string): Amounts => {
    const read: Amounts = {};
    for (const currency of CURRENCIES) {
      const field = `${name}_${currency}`;
      const typed = text(field).replace(/[\s,]/g, '');
      if (typed === '') continue;
      const amount = parseAmount(typed, currency);
      if (amount) read[currency] = amount.amount;
      else wrong(field, 'amount');
    }
    return read;
  };
  const time = (name: string): Date | null => {
    const at = readTime(fields[name]!);
    if (at === undefined) wrong(name, 'time');
    return at ?? null;
  };

  const kind = KINDS.find(each => each === fields.kind);
  if (!kind) wrong('kind', 'kind');
  const rate = text('rate') === '' ? 0 : readPercent(text('rate'));
  if (rate === null) wrong('rate', 'rate');
  for (const name of ['name_en', 'name_ko', 'name_uz']) if (text(name).length > 120) wrong(name, 'long');
  const value: DiscountDraft = {
    code: text('code') || null,
    kind: kind ?? 'percent',
    name: {
      en: text('name_en'),
      ...(text('name_ko') ? { ko: text('name_ko') } : {}),
      ...(text('name_uz') ? { uz: text('name_uz') } : {}),
    },
    rateBp: rate ?? 0,
    amounts: amounts('amount'),
    buy: whole('buy') ?? 0,
    get: whole('get') ?? 0,
    minimums: amounts('minimum'),
    productIds: [],
    categoryIds,
    startsAt: time('starts_at'),
    endsAt: time('ends_at'),
    firstOrderOnly: fields.first_order_only === 'yes',
    limitPerCustomer: whole('limit_per_customer'),
    limitTotal: whole('limit_total'),
    exclusive: fields.exclusive === 'yes',
    position: whole('position') ?? 100,
  };
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value };
}
