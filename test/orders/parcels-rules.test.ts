import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARRIERS, carrierPage, readDispatch, readTrackingNumber } from '../../src/orders/rules/carriers.js';
import {
  packProblem,
  piecesToPack,
  piecesToShip,
  progress,
  type LinePieces,
  type ParcelFacts,
} from '../../src/orders/rules/parcels.js';
import { staffActions } from '../../src/orders/rules/staff.js';

type StaffLine = LinePieces & { refundedQuantity: number };
const line = (more: Partial<StaffLine> = {}): StaffLine => ({
  id: 1,
  quantity: 3,
  shippedQuantity: 0,
  canceledQuantity: 0,
  refundedQuantity: 0,
  ...more,
});
const parcel = (state: ParcelFacts['state'], quantity = 1): ParcelFacts => ({
  state,
  lines: [{ lineId: 1, quantity }],
});

describe('how far an order is', () => {
  it.each([
    ['nothing left', [line()], [], null],
    ['only packed', [line()], [parcel('preparing', 3)], null],
    ['two of three left', [line({ shippedQuantity: 2 })], [parcel('shipped', 2)], null],
    ['all left', [line({ shippedQuantity: 3 })], [parcel('shipped', 3)], 'shipped'],
    [
      'two left, the third was canceled',
      [line({ shippedQuantity: 2, canceledQuantity: 1 })],
      [parcel('shipped', 2)],
      'shipped',
    ],
    [
      'one of two parcels arrived',
      [line({ shippedQuantity: 3 })],
      [parcel('delivered', 2), parcel('shipped')],
      'shipped',
    ],
    [
      'both arrived',
      [line({ shippedQuantity: 3 })],
      [parcel('delivered', 2), parcel('delivered')],
      'delivered',
    ],
    [
      'a parcel that arrived before the rest left',
      [line({ shippedQuantity: 2 })],
      [parcel('delivered', 2)],
      null,
    ],
    ['all canceled, nothing left', [line({ canceledQuantity: 3 })], [], null],
  ] as const)('%s', (_name, lines, parcels, expected) => {
    expect(progress(lines, parcels)).toBe(expected);
  });
});

describe('what may go into a parcel', () => {
  it('is what neither left, nor is packed, nor was canceled', () => {
    const some = line({ quantity: 9, shippedQuantity: 2, canceledQuantity: 1 });
    expect(piecesToShip(some)).toBe(6);
    expect(piecesToPack(some, [parcel('preparing', 4), parcel('shipped', 2)])).toBe(2);
  });

  it('is never less than nothing, also when packed pieces were refunded since', () => {
    expect(piecesToPack(line({ canceledQuantity: 2 }), [parcel('preparing', 3)])).toBe(0);
  });

  it.each([
    [[], 'empty'],
    [[{ lineId: 7, quantity: 1 }], 'unknown-line'],
    [[{ lineId: 1, quantity: 0 }], 'unknown-line'],
    [[{ lineId: 1, quantity: -1 }], 'unknown-line'],
    [[{ lineId: 1, quantity: 1.5 }], 'unknown-line'],
    [[{ lineId: 1, quantity: 4 }], 'too-many'],
    [
      [
        { lineId: 1, quantity: 1 },
        { lineId: 1, quantity: 1 },
      ],
      'unknown-line',
    ],
  ])('refuses %j', (wanted, reason) => {
    expect(packProblem(wanted, [line()], piecesToShip)?.reason).toBe(reason);
  });
});

describe('what staff may do', () => {
  const on = (
    state: Parameters<typeof staffActions>[0]['state'],
    parcels: ParcelFacts[] = [],
    hold: string | null = null,
    lines = [line()],
  ) => staffActions({ state, hold, lines, parcels });
  const ALWAYS = ['resend-letter', 'note'];

  it.each([
    ['pending', on('pending'), ['cancel']],
    ['paid', on('paid'), ['start-fulfilling', 'ship', 'cancel', 'refund']],
    ['fulfilling', on('fulfilling'), ['ship', 'cancel', 'refund']],
    ['fulfilling, packed', on('fulfilling', [parcel('preparing', 3)]), ['ship-parcel', 'cancel', 'refund']],
    [
      'fulfilling, one left',
      on('fulfilling', [parcel('shipped')], null, [line({ shippedQuantity: 1 })]),
      ['ship', 'deliver', 'correct-tracking', 'refund'],
    ],
    [
      'shipped',
      on('shipped', [parcel('shipped', 3)], null, [line({ shippedQuantity: 3 })]),
      ['deliver', 'correct-tracking', 'refund'],
    ],
    [
      'delivered',
      on('delivered', [parcel('delivered', 3)], null, [line({ shippedQuantity: 3 })]),
      ['correct-tracking', 'refund'],
    ],
    ['canceled', on('canceled'), []],
    ['refunded', on('refunded', [], null, [line({ refundedQuantity: 3 })]), []],
    ['refunded by hand, pieces not counted', on('refunded'), ['refund']],
    ['paid, disputed', on('paid', [], 'dispute'), []],
    ['paid, deposit taken back', on('paid', [], 'deposit_reversed'), ['cancel', 'refund']],
  ])('%s', (_name, actions, expected) => {
    expect(actions).toEqual([...expected, ...ALWAYS]);
  });
});

describe('tracking numbers', () => {
  it.each([
    ['cj', '1234-5678-9012', '123456789012'],
    ['hanjin', '5012 3456 7890', '501234567890'],
    ['korea_post', 'ee123456789kr', 'EE123456789KR'],
    ['ups', '1z 999 aa1 01 2345 6784', '1Z999AA10123456784'],
    ['uzpost', 'RR123456789UZ', 'RR123456789UZ'],
    ['other', '', null],
    ['other', 'van-12', 'VAN12'],
    ['cj', '１２３４５６７８９０', '1234567890'],
  ])('of %s may be typed as %j', (carrier, typed, number) => {
    expect(readDispatch(carrier, typed)).toEqual({ ok: true, carrier, trackingNumber: number });
  });

  it.each([
    ['pigeon', '1234567890', 'carrier', 'missing'],
    ['', '1234567890', 'carrier', 'missing'],
    ['cj', '', 'tracking_number', 'missing'],
    ['cj', 'ABC1234567', 'tracking_number', 'unfit'],
    ['fedex', '123', 'tracking_number', 'unfit'],
    ['other', '../../x', 'tracking_number', 'unfit'],
    ['dhl', 'javascript:alert(1)', 'tracking_number', 'unfit'],
  ])('%s refuses %j', (carrier, typed, field, reason) => {
    expect(readDispatch(carrier, typed)).toEqual({ ok: false, field, reason });
  });

  it('lead to the carrier’s own host over https, whatever was typed', () => {
    const hosts: Record<string, string> = {
      cj: 'trace.cjlogistics.com',
      hanjin: 'www.hanjin.com',
      lotte: 'www.lotteglogis.com',
      korea_post: 'service.epost.go.kr',
      dhl: 'www.dhl.com',
      fedex: 'www.fedex.com',
      ups: 'www.ups.com',
      uzpost: 'uz.post',
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...CARRIERS),
        fc.oneof(fc.string(), fc.stringMatching(/^[A-Z0-9]{4,40}$/), fc.stringMatching(/^\d{10,13}$/)),
        (carrier, typed) => {
          const page = carrierPage(carrier, readTrackingNumber(typed));
          if (page === null) return;
          expect(new URL(page).protocol).toBe('https:');
          expect(new URL(page).host).toBe(hosts[carrier]);
        },
      ),
    );
  });

  it.each(CARRIERS.filter(carrier => carrier !== 'other'))(
    '%s has a page for a number that fits',
    carrier => {
      const fitting: Record<string, string> = { korea_post: '1234567890123', uzpost: 'RR123456789UZ' };
      expect(carrierPage(carrier, fitting[carrier] ?? '123456789012')).toMatch(/^https:/);
    },
  );
});
