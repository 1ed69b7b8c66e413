import { ACCOUNTS } from './accounts.js';
import { CARTS } from './carts.js';
import { MONEY } from './money.js';
import { ORDERS } from './orders.js';
import { REFUNDS } from './refunds.js';
import { STOCK } from './stock.js';
import type { Check } from './check.js';

/** "What must always hold", one query a rule, room by room. */
export const CHECKS: readonly Check[] = [...STOCK, ...CARTS, ...ORDERS, ...MONEY, ...REFUNDS, ...ACCOUNTS];
