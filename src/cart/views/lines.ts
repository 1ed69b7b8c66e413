import { pictureView, type PictureView } from '../../catalog/index.js';
import type { Locale } from '../../lib/locale.js';
import { multiply, type Currency, type Money } from '../../lib/money.js';
import type { CartLine, CartSet } from '../queries.js';
import type { LineProblem } from '../rules.js';

/** A cart line as its template prints it: a variant, or sets of one kind with their parts. */
export interface CartLineView {
  /** Names the line on the page: `line-18`, `set-3`. */
  key: string;
  /** Where its quantity is changed, below the locale; its removal is at `…/removal`. */
  action: string;
  name: string;
  lang: Locale;
  variantName: string;
  path: string | null;
  picture: PictureView | null;
  quantity: number;
  unit: Money | null;
  total: Money | null;
  compareAt: Money | null;
  formerPrice: Money | null;
  /** What is in one set; empty for a variant. */
  parts: { name: string; lang: Locale; variantName: string; quantity: number }[];
  /** Key of the sentence that says what is wrong, with its values. */
  problem: { key: string; values: Record<string, string | number> } | null;
}

/** The lines as a shopper sees them: parts of sets come together as one line. */
export function lineViews(lines: readonly CartLine[], locale: Locale, currency: Currency): CartLineView[] {
  const singles = lines.flatMap(line => (line.set ? [] : [lineView(line, locale, currency)]));
  const sets = new Map<number, { set: CartSet; parts: CartLine[] }>();
  for (const line of lines) {
    if (!line.set) continue;
    const known = sets.get(line.set.id);
    if (known) known.parts.push(line);
    else sets.set(line.set.id, { set: line.set, parts: [line] });
  }
  return [...singles, ...[...sets.values()].map(({ set, parts }) => setView(set, parts, locale, currency))];
}

function valuesOf(problem: LineProblem, currency: Currency): Record<string, string | number> {
  if (problem.reason === 'too-few') return { count: problem.available };
  if (problem.reason === 'too-few-together') return { count: problem.available, wanted: problem.wanted };
  return { currency };
}

function lineView(line: CartLine, locale: Locale, currency: Currency): CartLineView {
  const { variant, quantity, problem } = line;
  const unit = variant?.price ?? null;
  return {
    key: `line-${line.id}`,
    action: `/cart/lines/${line.id}`,
    name: variant?.name ?? line.seenName,
    lang: variant?.lang ?? locale,
    variantName: variant?.variantName ?? '',
    path: variant?.active ? `/products/${variant.slug}?variant=${variant.variantId}` : null,
    picture: variant?.picture ? pictureView(variant.picture, 320) : null,
    quantity,
    unit,
    total: unit && multiply(unit, quantity),
    compareAt: variant?.compareAt ?? null,
    formerPrice: line.formerPrice,
    parts: [],
    problem: problem && { key: `cart.problem.${problem.reason}`, values: valuesOf(problem, currency) },
  };
}

function setView(set: CartSet, parts: readonly CartLine[], locale: Locale, currency: Currency): CartLineView {
  const { bundle, quantity } = set;
  const unit = bundle?.price ?? null;
  const broken = parts.find(({ problem }) => problem !== null);
  const pictured = parts.find(({ variant }) => variant?.picture)?.variant?.picture;
  const saves = bundle !== null && bundle.saving.amount > 0;
  return {
    key: `set-${set.id}`,
    action: `/cart/bundles/${set.id}`,
    name: bundle?.name ?? set.seenName,
    lang: bundle?.lang ?? locale,
    variantName: '',
    path: bundle?.active ? `/bundles/${bundle.slugs[locale]}` : null,
    picture: pictured ? pictureView(pictured, 320) : null,
    quantity,
    unit,
    total: unit && multiply(unit, quantity),
    compareAt: saves ? bundle.partsTotal : null,
    formerPrice: set.formerPrice,
    parts: (bundle?.parts ?? []).map(({ variant, quantity: pieces }) => ({
      name: variant.name,
      lang: variant.lang,
      variantName: variant.variantName,
      quantity: pieces,
    })),
    problem: broken?.problem
      ? {
          key: `cart.setProblem.${broken.problem.reason}`,
          values: { ...valuesOf(broken.problem, currency), part: broken.variant?.name ?? broken.seenName },
        }
      : null,
  };
}
