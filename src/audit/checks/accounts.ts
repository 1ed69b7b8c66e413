import type { Check } from './check.js';

/** Who somebody is, and what is theirs. */
export const ACCOUNTS: readonly Check[] = [
  {
    rule: 'accounts: whoever came in by a provider and is still in has, or had, its account as a way in',
    sql: `select format('user %s: sign-in %s by %s without an identity', s.user_id, s.id, s.via) as violation
            from sign_ins s
           where s.via in ('google', 'kakao') and s.ended_at is null
             and not exists (select from identities i where i.user_id = s.user_id and i.provider = s.via)
             and not exists (select from account_events e where e.user_id = s.user_id and e.kind = 'identity-removed')`,
  },
  {
    rule: 'accounts: nobody can come in to an account that was erased',
    sql: `select format('user %s: erased, and has an identity at %s', u.id, i.provider) as violation
            from users u join identities i on i.user_id = u.id where u.erased_at is not null`,
  },
  {
    rule: 'accounts: a second factor that is on has its ten recovery codes, used or not',
    sql: `select format('user %s: %s recovery codes', f.user_id, count(c.id)) as violation
            from second_factors f left join recovery_codes c on c.user_id = f.user_id
           group by f.user_id, f.on_at having count(c.id) <> case when f.on_at is null then 0 else 10 end`,
  },
  {
    rule: 'accounts: a second factor is on exactly when the history of its user says so',
    sql: `select format('user %s: second factor %s, history %s', u.id, f.on_at is not null, e.kind) as violation
            from users u left join second_factors f on f.user_id = u.id
            left join lateral (select kind from account_events e where e.user_id = u.id
                                  and e.kind in ('second-factor-on', 'second-factor-off') order by e.id desc limit 1) e on true
           where u.erased_at is null and (f.on_at is not null) <> (e.kind is not distinct from 'second-factor-on')`,
  },
  {
    rule: 'accounts: addresses are of one spelling',
    sql: `select format('user %s', id) as violation from users where email <> lower(trim(normalize(email, nfc)))`,
  },
  {
    rule: 'accounts: whoever registered is old enough and agreed to terms and privacy',
    sql: `select format('user %s: %s', u.id, kind) as violation
            from users u cross join unnest(array['age', 'terms', 'privacy']) kind
           where u.erased_at is null and exists (select from account_events e where e.user_id = u.id and e.kind = 'registered')
             and not exists (select from consents c where c.user_id = u.id and c.kind = kind.kind and c.given)`,
  },
  {
    rule: 'accounts: an address that changed is the one its own link was used for',
    sql: `select format('user %s: after %s', u.id, e.kind) as violation
            from users u join lateral (select kind, data from account_events e where e.user_id = u.id
                                          and e.kind in ('email-changed', 'email-kept', 'email-given-up') order by id desc limit 1) e on true
           where u.erased_at is null
             and case e.kind when 'email-given-up' then u.disabled_at is null or u.password_hash is not null
                             when 'email-changed' then u.email_verified_at is null or u.email <> e.data ->> 'to'
                             else u.email_verified_at is null end`,
  },
  {
    rule: 'accounts: whoever was erased has nothing left that is theirs alone, and is told once',
    sql: `select format('user %s: %s', u.id, left_over.what) as violation
            from users u cross join lateral (
                   select 'named' as what where u.name <> '' or u.phone <> '' or u.password_hash is not null or u.avatar_id is not null
                       or u.email <> 'erased-' || u.id || '@erased.invalid' or u.disabled_at is null
                   union all select 'identities' where exists (select from identities x where x.user_id = u.id)
                   union all select 'addresses' where exists (select from addresses x where x.user_id = u.id)
                   union all select 'a second factor' where exists (select from second_factors x where x.user_id = u.id)
                   union all select 'an export' where exists (select from data_exports x where x.user_id = u.id and x.body is not null)
                   union all select 'no erasure' where not exists (select from erasures x where x.user_id = u.id)) left_over
           where u.erased_at is not null`,
  },
];
