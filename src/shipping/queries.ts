import type { Destination } from '../lib/destination.js';
import type { Currency } from '../lib/money.js';
import { warehouseDay, type CalendarDate } from '../lib/time.js';
import { rows, type Db } from '../platform/db.js';
import { areaOf, type Area } from './rules/areas.js';
import type { Method, Pieces } from './rules/cost.js';
import { offerDelivery, type DeliveryOffer, type Terms } from './rules/offer.js';

/** Whose holidays the warehouse keeps. */
const WAREHOUSE_CALENDAR = 'KR';

interface ZoneRow {
  areas: Area[];
  methods: Method[] | null;
  warehouse: CalendarDate[] | null;
  destination: CalendarDate[] | null;
}

/**
 * What delivery to a destination is made of in a currency, holidays from today on included; null where the store does
 * not deliver. One statement: all zones with a part in the country come with their methods, and `areaOf` decides.
 */
export async function findTerms(
  db: Db,
  { destination, currency, now }: { destination: Destination; currency: Currency; now: Date },
): Promise<Terms | null> {
  const zones = await rows<ZoneRow>(
    db,
    `select (select json_agg(json_build_object('country', a.country, 'region', a.region, 'postal',
                      case when a.postal_from is not null then json_build_object('from', a.postal_from, 'to', a.postal_to) end))
               from shipping_areas a where a.zone_id = z.id and a.country = :country) as areas,
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
       from shipping_zones z
      where z.id in (select zone_id from shipping_areas where country = :country)
      order by z.position, z.id`,
    { country: destination.country, currency, warehouse: WAREHOUSE_CALENDAR, today: warehouseDay(now) },
  );
  const areas = zones.flatMap(zone => zone.areas.map(area => ({ ...area, zone })));
  const zone = areaOf(areas, destination)?.zone;
  if (!zone) return null;
  return {
    currency,
    methods: zone.methods ?? [],
    holidays: { warehouse: new Set(zone.warehouse), destination: new Set(zone.destination) },
  };
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
