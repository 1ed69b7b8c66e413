import type { Translate } from '../platform/i18n.js';
import type { Notice } from './queries.js';
import { noticePath } from './rules.js';

export interface NoticeView {
  id: number;
  /** "KB-24: 2 pieces left". */
  title: string;
  /** Where it is dealt with, below /admin. */
  path: string;
  createdAt: Date;
}

/** A notice as the desk prints it, in the reader's language. */
export function noticeView(notice: Notice, t: Translate): NoticeView {
  const { id, kind, createdAt, sku, orderNumber, available } = notice;
  const name = kind.replace('.', '_'); // a dot would mean a branch of the sentences
  return {
    id,
    title: t(`notifications.title.${name}`, {
      sku: sku ?? '–',
      number: orderNumber ?? '–',
      count: available,
    }),
    path: noticePath(notice),
    createdAt,
  };
}
