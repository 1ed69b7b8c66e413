import type { Destination } from '../lib/destination.js';
import type { Localized } from '../lib/locale.js';
import type { Currency } from '../lib/money.js';
import { warehouseDay, type CalendarDate } from '../lib/time.js';
import { rows, type Db } from '../platform/db.js';
import { areaOf, type Area } from './rules/areas.js';
import type { Method, Pieces } from './rules/cost.js';
import { offerDelivery, type DeliveryOffer, type Terms } from './rules/offer.js';

/** Whose holidays the warehouse keeps. */
const WAREHOUSE_CALENDAR = 'KR';

interface ZoneRow extends Area {
  methods: (Omit<Method, 'name'> & { name: Localized })[] | null;
  warehouse: CalendarDate[] | null;
  destination: CalendarDate[] | null;
}

/**
 * What delivery to a destination is made of in a currency, holidays from today on included; null where the store does
 * not deliver. One statement: all areas of the country come with their methods, and `areaOf` decides.
 */
export async function findTerms(
  db: Db,
  { destination, currency, now }: { destination: Destination; currency: Currency; now: Date },
): Promise<Terms | null> {
  const areas = await rows<ZoneRow>(
    db,
    `select a.country, a.region,
            case when a.postal_from is null then null else json_build_object('from', a.postal_from, 'to', a.postal_to) end as postal,
            (select json_agg(json_build_object('code', m.code, 'name', m.name,
                      'minBusinessDays', m.min_business_days, 'maxBusinessDays', m.max_business_days,
                      'maxPieceGrams', m.max_piece_grams, 'onlyOverGrams', m.only_over_grams,
                      'heavyOverGrams', m.heavy_over_grams, 'rate', json_build_object(
                        'freeOver', r.free_over, 'surcharge', r.surcharge, 'heavySurcharge', r.heavy_surcharge, 'brackets',
                        (select json_agg(json_build_object('upToGrams', b.up_to_grams, 'fromGoods', b.from_goods, 'amount', b.amount))
                           from shipping_brackets b where b.method_id = m.id and b.currency = r.currency)))
                    order by m.position, m.code)
               from shipping_methods m
               join shipping_rates r on r.method_id = m.id and r.currency = :currency
              where m.zone_id = z.id
                and exists (select from shipping_brackets b where b.method_id = m.id and b.currency = r.currency)) as methods,
            (select json_agg(h.day) from shipping_holidays h where h.calendar = :warehouse and h.day >= :today) as warehouse,
            (select json_agg(h.day) from shipping_holidays h where h.calendar = z.calendar and h.day >= :today) as destination
       from shipping_areas a
       join shipping_zones z on z.id = a.zone_id
      where a.country = :country
      order by a.id`,
    { country: destination.country, currency, warehouse: WAREHOUSE_CALENDAR, today: warehouseDay(now) },
  );
  const area = areaOf(areas, destination);
  return (
    area && {
      currency,
      methods: area.methods ?? [],
      holidays: { warehouse: new Set(area.warehouse), destination: new Set(area.destination) },
    }
  );
}

/** How pieces can be delivered to a destination, and when. The one door for product page, cart and checkout. */
export async function findDelivery(
  db: Db,
  facts: { destination: Destination; currency: Currency; pieces: readonly Pieces[]; now: Date },
): Promise<DeliveryOffer> {
  return offerDelivery(await findTerms(db, facts), facts);
}

/** Countries the store delivers to (ISO 3166-1 alpha-2); views sort them by their names. */
export async function listCountries(db: Db): Promise<string[]> {
  return await db('shipping_areas').distinct('country').orderBy('country').pluck<string[]>('country');
}
