import { formatMoney, type Money } from '../../lib/money.js';
import type { Locale } from '../../lib/locale.js';
import type { Page } from '../../lib/paging.js';
import type { Translate } from '../../platform/i18n.js';
import type { Facets } from '../queries/facets.js';
import {
  appliedFilters,
  listQuery,
  priceField,
  SORTS,
  type AppliedFilter,
  type ListRequest,
} from '../rules.js';

interface Choice {
  code: string;
  name: string;
  count: number;
  checked: boolean;
}

/** What the filters, the sort links and the pages of a list print. `path` is the list's own, below the locale. */
export interface ListView {
  path: string;
  request: { q: string; inStock: boolean; priceMin: string; priceMax: string; sort: string };
  categories: Choice[];
  brands: Choice[];
  inStock: number;
  prices: { lowest: Money; highest: Money } | null;
  applied: { text: string; path: string }[];
  sorts: { code: string; path: string; current: boolean }[];
  total: number;
  pages: PagesView | null;
}

export interface PagesView {
  previous: string | null;
  next: string | null;
  /** Null is a gap. */
  numbers: ({ number: number; path: string; current: boolean } | null)[];
}

interface ListFacts {
  path: string;
  request: ListRequest;
  /** A category page fixes its category: no choice of others there. */
  fixedCategory: boolean;
  facets: Facets;
  page: Page;
  categoryNames: readonly { code: string; name: string }[];
  locale: Locale;
  t: Translate;
}

export function listView(facts: ListFacts): ListView {
  const { path, request, facets, page, categoryNames } = facts;
  const shown = facts.fixedCategory ? { ...request, categories: [] } : request;
  const at = (changed: ListRequest, number = 1) => path + listQuery(changed, number);
  return {
    path,
    request: {
      q: request.q,
      inStock: request.inStock,
      priceMin: priceField(request.priceMin),
      priceMax: priceField(request.priceMax),
      sort: request.sort,
    },
    categories: facts.fixedCategory ? [] : choices(categoryNames, facets.categories, request.categories),
    brands: choices(
      facets.brands,
      new Map(facets.brands.map(({ code, count }) => [code, count])),
      request.brands,
    ),
    inStock: facets.inStock,
    prices: facets.prices,
    applied: appliedFilters(shown).map(filter => ({
      text: filterText(filter, facts),
      path: at(filter.without),
    })),
    sorts: SORTS.map(sort => ({ code: sort, path: at({ ...shown, sort }), current: sort === request.sort })),
    total: facets.total,
    pages: page.count > 1 ? pagesView(page, number => at(shown, number)) : null,
  };
}

/** Choices that lead somewhere, and those that are on already. */
function choices(
  names: readonly { code: string; name: string }[],
  counts: ReadonlyMap<string, number>,
  on: readonly string[],
): Choice[] {
  return names
    .map(({ code, name }) => ({ code, name, count: counts.get(code) ?? 0, checked: on.includes(code) }))
    .filter(choice => choice.count > 0 || choice.checked);
}

function filterText(filter: AppliedFilter, { t, locale, categoryNames, facets }: ListFacts): string {
  switch (filter.kind) {
    case 'q':
      return t('storefront.list.applied.q', { q: filter.text });
    case 'category':
      return categoryNames.find(({ code }) => code === filter.code)?.name ?? filter.code;
    case 'brand':
      return facets.brands.find(({ code }) => code === filter.code)?.name ?? filter.code;
    case 'in_stock':
      return t('storefront.list.inStock');
    default:
      return t(`storefront.list.applied.${filter.kind}`, { amount: formatMoney(filter.amount, locale) });
  }
}

const AROUND = 1;

/** First, last, and the pages around the present one; a gap of one page is that page. */
export function pagesView({ number, count }: Page, path: (number: number) => string): PagesView {
  const near = (page: number) => page === 1 || page === count || Math.abs(page - number) <= AROUND;
  const numbers: PagesView['numbers'] = [];
  for (let page = 1; page <= count; page += 1) {
    if (near(page) || (near(page - 1) && near(page + 1)))
      numbers.push({ number: page, path: path(page), current: page === number });
    else if (numbers.at(-1) !== null) numbers.push(null);
  }
  return {
    previous: number > 1 ? path(number - 1) : null,
    next: number < count ? path(number + 1) : null,
    numbers,
  };
}
