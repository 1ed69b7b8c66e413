import type { Check } from './check.js';

/** What was put together and what it costs: carts, discounts, delivery, taxes. */
export const CARTS: readonly Check[] = [
  {
    rule: 'tax: the rates of a country are all contained or all added',
    sql: `select format('%s has both', country) as violation from tax_rates group by country
          having bool_or(contained and rate_bp > 0) and bool_or(not contained and rate_bp > 0)`,
  },
  {
    rule: 'discounts: the count of a limited one is what living claims say',
    sql: `select format('discount %s: used %s, claims %s', d.id, d.used, coalesce(c.count, 0)) as violation
            from discounts d left join (select discount_id, count(*) from discount_claims where state <> 'released' group by 1) c
                   on c.discount_id = d.id
           where d.used <> case when d.limit_total is null then 0 else coalesce(c.count, 0) end`,
  },
  {
    rule: 'discounts: a claim waits with its order, is redeemed when it is paid and released when it died unpaid',
    sql: `select format('claim %s is %s, order %s is %s', c.id, c.state, o.number, o.state) as violation
            from discount_claims c join orders o on o.id = c.order_id
           where (c.state = 'claimed' and o.state <> 'pending') or (c.state = 'redeemed' and o.paid_at is null)`,
  },
  {
    rule: 'discounts: what took something off a living order has been claimed for it, and nothing else',
    sql: `select format('order %s: applied %s, claimed %s', o.number, a.ids, c.ids) as violation
            from orders o
            cross join lateral (select array_agg((d ->> 'id')::bigint order by (d ->> 'id')::bigint) as ids
                    from jsonb_array_elements(o.explanation -> 'discounts') d where (d -> 'outcome' ->> 'applied')::boolean) a
            cross join lateral (select array_agg(discount_id order by discount_id) as ids
                    from discount_claims where order_id = o.id and state <> 'released') c
           where (o.state = 'pending' or o.paid_at is not null) and o.explanation is not null and a.ids is distinct from c.ids`,
  },
  {
    rule: 'carts: a placed order has closed its cart',
    sql: `select format('cart %s is %s, its order %s is %s', c.id, c.state, o.number, o.state) as violation
            from orders o join carts c on c.id = o.cart_id where o.paid_at is not null and c.state <> 'closed'`,
  },
  {
    rule: 'carts: a user has one that is open, and one that became a part of another holds nothing',
    sql: `select format('user %s has %s open carts', user_id, count(*)) as violation
            from carts where state = 'open' and user_id is not null group by user_id having count(*) > 1
          union all
          select format('cart %s became a part of %s and still holds goods', c.id, c.merged_into)
            from carts c where c.merged_into is not null
             and (exists (select from cart_lines l where l.cart_id = c.id) or exists (select from cart_bundles b where b.cart_id = c.id))`,
  },
  {
    rule: 'delivery: every rate has a price for goods of any worth',
    sql: `select format('method %s in %s: nothing for goods of little worth up to %s g', r.method_id, r.currency, b.up_to_grams) as violation
            from shipping_rates r left join shipping_brackets b on b.method_id = r.method_id and b.currency = r.currency
           group by r.method_id, r.currency, b.up_to_grams
          having coalesce(min(b.from_goods), 1) > 0`,
  },
  {
    rule: 'delivery: no heavier or dearer goods cost less before they are free',
    sql: `select format('method %s in %s: %s for up to %s g from %s', b.method_id, b.currency, b.amount, b.up_to_grams, b.from_goods) as violation
            from shipping_brackets b join shipping_brackets lower on lower.method_id = b.method_id and lower.currency = b.currency
           where coalesce(b.up_to_grams, 9e18) >= coalesce(lower.up_to_grams, 9e18)
             and b.from_goods >= lower.from_goods and b.amount < lower.amount`,
  },
];
