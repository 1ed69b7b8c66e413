export { handleNotice, type HandleResult } from './actions.js';
export { notificationSubscriptions } from './jobs.js';
export { countOpenNotices, listOpenNotices, type Notice } from './queries.js';
export { NOTICE_KINDS, type NoticeKind } from './rules.js';
export { noticeView, type NoticeView } from './views.js';
