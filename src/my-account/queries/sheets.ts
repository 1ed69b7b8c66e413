/** Orders of the user, under the name the sheets below read them by. */
const OF_ORDER = `join orders o on o.id = x.order_id where o.user_id = :userId`;
const OF_PAYMENT = `join payments p on p.id = x.payment_id join orders o on o.id = p.order_id where o.user_id = :userId`;

/**
 * What an export holds, one sheet a statement: all that is kept about a user, in their own words where they typed it. Left
 * out of rows is what is a key rather than a fact: digests, secrets, and the words staff write for each other. Amounts are in
 * the smallest unit of their currency. `sheets.test.ts` walks the database and asks of every table that knows a user.
 */
export const SHEETS = {
  profile: `select x.email, x.email_verified_at, x.name, x.phone, x.role, x.locale, x.currency, x.created_at
    from users x where x.id = :userId`,
  identities: `select x.provider, x.subject, x.email, x.email_verified, x.created_at, x.used_at
    from identities x where x.user_id = :userId order by x.id`,
  second_factor: `select x.created_at, x.on_at, (select count(*)::int from recovery_codes c where c.user_id = x.user_id and c.used_at is null) as codes_left
    from second_factors x where x.user_id = :userId`,
  sign_ins: `select x.created_at, x.seen_at, x.ended_at, x.via, x.remembered, x.confirmed_at, x.user_agent, x.country
    from sign_ins x where x.user_id = :userId order by x.id`,
  links: `select x.purpose, x.created_at, x.expires_at, x.used_at from user_tokens x where x.user_id = :userId order by x.id`,
  consents: `select x.kind, x.version, x.given, x.at from consents x where x.user_id = :userId order by x.id`,
  account_history: `select x.at, case when x.actor = 'user' then 'user' else 'store' end as actor, x.kind, x.data::text as data
    from account_events x where x.user_id = :userId order by x.id`,
  addresses: `select x.name, x.phone, x.country, x.region, x.city, x.postal_code, x.address1, x.address2, x.is_default,
      x.created_at, x.updated_at from addresses x where x.user_id = :userId order by x.id`,
  orders: `select o.number, o.state, o.locale, o.currency, o.email, o.name, o.phone, o.country, o.postal_code, o.region, o.city,
      o.address1, o.address2, o.note, o.lines_total, o.discount_total, o.shipping_total, o.shipping_tax, o.tax_total, o.tax_contained,
      o.total, o.shipping_method_name, o.delivery_from::text, o.delivery_to::text, o.created_at, o.paid_at, o.shipped_at, o.delivered_at
    from orders o where o.user_id = :userId order by o.id`,
  order_lines: `select o.number as order, x.position, x.sku, x.name, x.variant_name, x.bundle_name, x.quantity, o.currency,
      x.unit_amount, x.discount_share, x.total, x.tax_rate, x.tax_amount, x.tax_added, x.shipped_quantity, x.refunded_quantity,
      x.canceled_quantity from order_lines x ${OF_ORDER} order by o.id, x.position`,
  order_history: `select o.number as order, x.created_at, x.kind, x.from_state, x.to_state
    from order_events x ${OF_ORDER} and x.kind <> 'note' order by x.id`,
  discounts: `select o.number as order, d.code, d.name::text as name, x.state, x.claimed_at, x.closed_at
    from discount_claims x join discounts d on d.id = x.discount_id ${OF_ORDER} order by x.id`,
  payments: `select o.number as order, x.provider, x.method, x.state, x.currency, x.amount, x.captured_amount, x.refunded_amount,
      x.instructions::text as instructions, x.created_at, x.captured_at from payments x ${OF_ORDER} order by x.id`,
  refunds: `select o.number as order, p.currency, x.amount, x.state, x.refund_account::text as refund_account, x.created_at, x.settled_at
    from refunds x ${OF_PAYMENT} order by x.id`,
  disputes: `select o.number as order, x.currency, x.amount, x.reason, x.state, x.opened_at, x.closed_at
    from disputes x ${OF_PAYMENT} order by x.id`,
  parcels: `select o.number as order, x.state, x.carrier, x.tracking_number, x.created_at, x.shipped_at, x.delivered_at,
      (select string_agg(l.name || ' × ' || c.quantity, '; ' order by l.position) from shipment_lines c
         join order_lines l on l.id = c.order_line_id where c.shipment_id = x.id) as goods
    from shipments x ${OF_ORDER} order by x.id`,
  returns: `select o.number as order, x.number, x.kind, x.state, x.reason, x.note, x.refusal, x.created_at, x.decided_at,
      x.received_at, x.closed_at, (select string_agg(l.name || ' × ' || c.quantity, '; ' order by l.position) from return_lines c
         join order_lines l on l.id = c.order_line_id where c.return_id = x.id) as goods
    from returns x ${OF_ORDER} order by x.id`,
  receipts: `select o.number as order, x.year, x.number, x.issued_at from receipts x ${OF_ORDER} order by x.year, x.number`,
  cart: `select v.sku, x.seen_name as name, x.quantity, x.created_at
    from cart_lines x join carts c on c.id = x.cart_id left join variants v on v.id = x.variant_id
    where c.user_id = :userId and c.state = 'open'
    union all
    select b.code, x.seen_name, x.quantity, x.created_at
    from cart_bundles x join carts c on c.id = x.cart_id left join bundles b on b.id = x.bundle_id
    where c.user_id = :userId and c.state = 'open'
    union all
    select null, x.code, 1, x.created_at
    from cart_codes x join carts c on c.id = x.cart_id where c.user_id = :userId and c.state = 'open'`,
  stock_requests: `select v.sku, x.locale, x.created_at, x.confirmed_at, x.mailed_at, x.ended_at
    from stock_requests x join variants v on v.id = x.variant_id where lower(x.email) = :email order by x.id`,
  letters: `select x.kind, x.locale, x.created_at, x.sent_at from letters x where lower(x.recipient) = :email order by x.id`,
  exports: `select x.asked_at, x.made_at, x.expires_at from data_exports x where x.user_id = :userId order by x.id`,
} as const satisfies Readonly<Record<string, string>>;
export type SheetName = keyof typeof SHEETS;

/** Tables that know a user, an order or an address and are in no sheet, and why. */
export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  erasures: 'of whoever was erased, who can ask for no export any more',
  return_images: 'the folder of pictures holds what they name',
  audit_log: 'what staff did, told to staff; what it did to the account is in account_history',
  events: 'ids only, for the jobs; what happened is in the histories',
  payment_events: 'the steps between two states of a payment, told by payments',
  gateway_events: 'numbers of messages of the providers',
  order_refunds: 'which goods a refund was for: in refunds and returns as far as money or goods moved',
  order_refund_tries: 'joins two tables that are exported',
  order_refund_imports: 'joins two tables that are exported',
  order_refund_lines: 'joins two tables that are exported',
  order_refund_money: 'a view of refunds',
  reconciliation_findings: 'how our books compare with the providers’: about the store',
  staff_notices: 'what staff have to look at: about the store',
  stock_movements: 'the ledger of the goods, told by order_lines and parcels',
  stock_reservations: 'goods held for an order while it waits for its money: told by orders',
};
