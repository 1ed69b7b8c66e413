/** Banks of Korea as Toss numbers them: 국민 is 06 here, not the interbank 004. Codes are sent; names are for people. */
const BANKS = [
  ['02', '산업은행', 'Korea Development Bank'],
  ['03', '기업은행', 'Industrial Bank of Korea'],
  ['06', '국민은행', 'KB Kookmin Bank'],
  ['07', '수협은행', 'Suhyup Bank'],
  ['11', '농협은행', 'NongHyup Bank'],
  ['12', '단위농협', 'Local NongHyup'],
  ['20', '우리은행', 'Woori Bank'],
  ['23', 'SC제일은행', 'Standard Chartered Bank Korea'],
  ['27', '씨티은행', 'Citibank Korea'],
  ['31', 'iM뱅크(대구)', 'iM Bank (Daegu)'],
  ['32', '부산은행', 'Busan Bank'],
  ['34', '광주은행', 'Gwangju Bank'],
  ['35', '제주은행', 'Jeju Bank'],
  ['37', '전북은행', 'Jeonbuk Bank'],
  ['39', '경남은행', 'Kyongnam Bank'],
  ['45', '새마을금고', 'Saemaul Geumgo'],
  ['48', '신협', 'Shinhyup'],
  ['50', '저축은행', 'Savings banks'],
  ['54', '홍콩상하이은행', 'HSBC Korea'],
  ['64', '산림조합', 'Sanlim Johap'],
  ['71', '우체국', 'Korea Post'],
  ['81', '하나은행', 'Hana Bank'],
  ['88', '신한은행', 'Shinhan Bank'],
  ['89', '케이뱅크', 'K bank'],
  ['90', '카카오뱅크', 'KakaoBank'],
  ['92', '토스뱅크', 'Toss Bank'],
] as const;

export interface Bank {
  code: string;
  name: string;
}

/** The bank's own name, in Korean for who reads it and in Latin letters for everyone else. */
export const listBanks = (locale: string): Bank[] =>
  BANKS.map(([code, korean, latin]) => ({ code, name: locale === 'ko' ? korean : latin }));

export const isBank = (code: string): boolean => BANKS.some(([known]) => known === code);

/** A code that the list does not have yet is shown as it is: the account number still works. */
export const bankName = (code: string, locale: string): string =>
  listBanks(locale).find(bank => bank.code === code)?.name ?? code;
