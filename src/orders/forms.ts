import { readOrderNumber } from '../lib/ids.js';
import { isBank, type RefundAccount } from '../payments/index.js';
import { typedFields, type FieldError, type Read } from '../web/index.js';

export const typedFind = (body: unknown): Record<string, string> => typedFields(body, ['email', 'number']);

/** E-mail and order number of "find my order", as people type them. */
export function readFind(typed: Record<string, string>): Read<{ email: string; number: string }> {
  const errors: FieldError[] = [];
  const email = (typed.email ?? '').normalize('NFC').trim();
  if (!/^[^\s@]{1,64}@[^\s@]{3,190}$/.test(email))
    errors.push({ field: 'email', key: 'orders.find.error.email' });
  const number = readOrderNumber(typed.number ?? '');
  if (!number) errors.push({ field: 'number', key: 'orders.find.error.number' });
  return errors.length > 0 || !number ? { ok: false, errors } : { ok: true, value: { email, number } };
}

export const typedRefundAccount = (body: unknown): Record<string, string> =>
  typedFields(body, ['bank', 'account_number', 'holder']);

/** Where a deposit goes back to. Numbers as people write them: with hyphens, blanks, in full width. */
export function readRefundAccount(typed: Record<string, string>): Read<RefundAccount> {
  const errors: FieldError[] = [];
  const bank = typed.bank ?? '';
  if (!isBank(bank)) errors.push({ field: 'bank', key: 'orders.refundAccount.error.bank' });
  const accountNumber = (typed.account_number ?? '').normalize('NFKC').replace(/[\s.\-–—]/g, '');
  if (!/^\d{6,20}$/.test(accountNumber))
    errors.push({ field: 'account_number', key: 'orders.refundAccount.error.number' });
  const holderName = (typed.holder ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (holderName === '' || [...holderName].length > 60)
    errors.push({ field: 'holder', key: 'orders.refundAccount.error.holder' });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { bank, accountNumber, holderName } };
}
