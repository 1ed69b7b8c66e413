import type { CalendarDate } from '../src/lib/time.js';

interface Holiday {
  day: CalendarDate;
  name: string;
}

const each = (name: string, ...days: CalendarDate[]): Holiday[] => days.map(day => ({ day, name }));

/**
 * Public holidays of 2026 and 2027 with their substitute days, weekends included. The days of both Eids follow the moon:
 * staff set them right when they are announced. The law of each country may add days: they are rows, not code.
 */
export const holidays: Readonly<Record<'KR' | 'UZ', Holiday[]>> = {
  KR: [
    ...each('New Year', '2026-01-01', '2027-01-01'),
    ...each('Seollal', '2026-02-16', '2026-02-17', '2026-02-18'),
    ...each('Seollal', '2027-02-06', '2027-02-07', '2027-02-08'),
    ...each('Seollal, substitute', '2027-02-09'),
    ...each('Independence Movement Day', '2026-03-01', '2027-03-01'),
    ...each('Independence Movement Day, substitute', '2026-03-02'),
    ...each('Children’s Day', '2026-05-05', '2027-05-05'),
    ...each('Buddha’s Birthday', '2026-05-24', '2027-05-13'),
    ...each('Buddha’s Birthday, substitute', '2026-05-25'),
    ...each('Local elections', '2026-06-03'),
    ...each('Memorial Day', '2026-06-06', '2027-06-06'),
    ...each('Constitution Day', '2026-07-17', '2027-07-17'),
    ...each('Constitution Day, substitute', '2027-07-19'),
    ...each('Liberation Day', '2026-08-15', '2027-08-15'),
    ...each('Liberation Day, substitute', '2026-08-17', '2027-08-16'),
    ...each('Chuseok', '2026-09-24', '2026-09-25', '2026-09-26'),
    ...each('Chuseok', '2027-09-14', '2027-09-15', '2027-09-16'),
    ...each('National Foundation Day', '2026-10-03', '2027-10-03'),
    ...each('National Foundation Day, substitute', '2026-10-05', '2027-10-04'),
    ...each('Hangul Day', '2026-10-09', '2027-10-09'),
    ...each('Hangul Day, substitute', '2027-10-11'),
    ...each('Christmas', '2026-12-25', '2027-12-25'),
    ...each('Christmas, substitute', '2027-12-27'),
  ],
  UZ: [
    ...each('New Year', '2026-01-01', '2027-01-01'),
    ...each('Women’s Day', '2026-03-08', '2027-03-08'),
    ...each('Women’s Day, moved', '2026-03-09'),
    ...each('Eid al-Fitr', '2026-03-20', '2027-03-09'),
    ...each('Navroʻz', '2026-03-21', '2027-03-21'),
    ...each('Navroʻz, moved', '2026-03-23', '2027-03-22'),
    ...each('Day of Remembrance', '2026-05-09', '2027-05-09'),
    ...each('Day of Remembrance, moved', '2026-05-11', '2027-05-10'),
    ...each('Eid al-Adha', '2026-05-27', '2027-05-16'),
    ...each('Eid al-Adha, moved', '2027-05-17'),
    ...each('Independence Day', '2026-09-01', '2027-09-01'),
    ...each('Teachers’ Day', '2026-10-01', '2027-10-01'),
    ...each('Constitution Day', '2026-12-08', '2027-12-08'),
  ],
};
