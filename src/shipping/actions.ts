import type { Localized } from '../lib/locale.js';
import type { Currency } from '../lib/money.js';
import type { CalendarDate } from '../lib/time.js';
import { change, row, type Tx } from '../platform/db.js';
import type { Area } from './rules/areas.js';
import { bracketsRise, type Method, type Rate } from './rules/cost.js';

/** Places that share how one can deliver there. */
export interface ZoneDraft {
  /** Names the zone for ever: "kr". */
  code: string;
  position: number;
  /** Whose public holidays count there (a country's code); null: weekends only. */
  calendar: string | null;
  /** An area is in one zone: it leaves the one it was in. */
  areas: readonly Area[];
  /** In the order shoppers see them. */
  methods: readonly MethodDraft[];
}

/** A method, with a rate for each currency it can be paid in. */
export interface MethodDraft extends Omit<Method, 'rate' | 'name'> {
  name: Localized;
  rates: Partial<Record<Currency, Rate>>;
}

/**
 * Makes the zone of this code what the draft says, its areas, methods and rates included, and returns its id. Locks it.
 * @throws Error when brackets leave a gap or get cheaper as a load gets heavier or dearer.
 */
export async function saveZone(tx: Tx, draft: ZoneDraft): Promise<number> {
  const { code, position, calendar, methods } = draft;
  const zone = await row<{ id: number }>(
    tx,
    `insert into shipping_zones (code, position, calendar) values (:code, :position, :calendar)
     on conflict (code) do update set position = excluded.position, calendar = excluded.calendar
     returning id`,
    { code, position, calendar },
  );
  const zoneId = zone!.id;
  await saveAreas(tx, zoneId, draft.areas);
  await change(tx, `delete from shipping_methods where zone_id = :zoneId and code <> all(:codes)`, {
    zoneId,
    codes: methods.map(method => method.code),
  });
  for (const [index, method] of methods.entries()) await saveMethod(tx, zoneId, method, index);
  return zoneId;
}

async function saveAreas(tx: Tx, zoneId: number, areas: readonly Area[]): Promise<void> {
  const wanted = areas.map(({ country, region, postal }) => ({
    country,
    region: region ?? null,
    postal_from: postal?.from ?? null,
    postal_to: postal?.to ?? null,
  }));
  const values = JSON.stringify(wanted);
  await change(
    tx,
    `delete from shipping_areas a
      where a.zone_id = :zoneId
        and not exists (select from json_to_recordset(cast(:values as json)) as d (country text, region text, postal_from text, postal_to text)
                         where (d.country, d.region, d.postal_from, d.postal_to)
                               is not distinct from (a.country, a.region, a.postal_from, a.postal_to))`,
    { zoneId, values },
  );
  await change(
    tx,
    `insert into shipping_areas (zone_id, country, region, postal_from, postal_to)
     select :zoneId, country, region, postal_from, postal_to
       from json_to_recordset(cast(:values as json)) as d (country text, region text, postal_from text, postal_to text)
     on conflict (country, region, postal_from, postal_to) do update set zone_id = excluded.zone_id`,
    { zoneId, values },
  );
}

async function saveMethod(tx: Tx, zoneId: number, method: MethodDraft, position: number): Promise<void> {
  const [saved] = await tx('shipping_methods')
    .insert({
      zone_id: zoneId,
      code: method.code,
      position,
      name: JSON.stringify(method.name),
      min_business_days: method.minBusinessDays,
      max_business_days: method.maxBusinessDays,
      max_piece_grams: method.maxPieceGrams,
      only_over_grams: method.onlyOverGrams,
      heavy_over_grams: method.heavyOverGrams,
    })
    .onConflict(['zone_id', 'code'])
    .merge()
    .returning<{ id: number }[]>('id');
  const methodId = saved!.id;
  await tx('shipping_rates').where({ method_id: methodId }).delete(); // takes its brackets along
  for (const [currency, rate] of Object.entries(method.rates)) {
    if (!bracketsRise(rate.brackets))
      throw new Error(`${method.code}: brackets in ${currency} leave a gap or fall`);
    await tx('shipping_rates').insert({
      method_id: methodId,
      currency,
      free_over: rate.freeOver,
      surcharge: rate.surcharge,
      heavy_surcharge: rate.heavySurcharge,
    });
    await tx('shipping_brackets').insert(
      rate.brackets.map(({ upToGrams, fromGoods, amount }) => ({
        method_id: methodId,
        currency,
        up_to_grams: upToGrams,
        from_goods: fromGoods,
        amount,
      })),
    );
  }
}

/** Makes a calendar's holidays of the years that `days` speak of exactly these. */
export async function saveHolidays(
  tx: Tx,
  { calendar, days }: { calendar: string; days: readonly { day: CalendarDate; name: string }[] },
): Promise<void> {
  const years = [...new Set(days.map(({ day }) => Number(day.slice(0, 4))))];
  await change(
    tx,
    `delete from shipping_holidays where calendar = :calendar and extract(year from day) = any(cast(:years as integer[]))`,
    { calendar, years },
  );
  if (days.length > 0)
    await tx('shipping_holidays').insert(days.map(({ day, name }) => ({ calendar, day, name })));
}
