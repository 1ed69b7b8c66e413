import type { PageLanguage } from '../page.js';

/** Toss's own names of the ways to pay, for who does not read Korean. */
export const METHOD_WORDS: Readonly<Record<string, string>> = {
  카드: 'card',
  가상계좌: 'virtual account',
  계좌이체: 'bank transfer',
  휴대폰: 'mobile phone',
  문화상품권: 'gift certificate',
  도서문화상품권: 'book gift certificate',
  게임문화상품권: 'game gift certificate',
};

/** What the payment window says. */
export const WORDS = {
  en: {
    title: 'Payment',
    wallet: 'Pay with Toss Pay',
    account: 'Get an account number',
    items: 'For',
    order: 'Order id',
    approve: (sum: string) => `Approve ${sum}`,
    refuse: 'Be refused by the card company',
    cancel: 'Cancel the payment',
    close: 'Close the window',
    closed: 'The window is closed',
    closedHint:
      'Nothing was sent to the shop. Going back leads to the payment again, until its time is over.',
    over: 'This payment can no longer be made',
    done: 'It has been approved already.',
    expired: 'Its time is over. Nothing was charged.',
    toShop: 'Continue to the shop',
    unknown: 'There is no such payment',
  },
  ko: {
    title: '결제',
    wallet: '토스페이로 결제',
    account: '계좌번호 발급받기',
    items: '주문 내용',
    order: '주문번호',
    approve: (sum: string) => `${sum} 결제 승인`,
    refuse: '카드사 거절',
    cancel: '결제 취소',
    close: '결제창 닫기',
    closed: '결제창이 닫혔습니다',
    closedHint:
      '상점에는 아무것도 전송되지 않았습니다. 결제 시간이 끝나기 전에는 뒤로 가서 다시 결제할 수 있습니다.',
    over: '더 이상 결제할 수 없습니다',
    done: '이미 승인되었습니다.',
    expired: '결제 시간이 지났습니다. 결제되지 않았습니다.',
    toShop: '상점으로 계속',
    unknown: '없는 결제입니다',
  },
} as const satisfies Record<PageLanguage, Record<string, string | ((sum: string) => string)>>;
