/**
 * What a column of Shopify's product file means to us, with its names in the older and the newer vocabulary. Names are
 * compared without regard to case ("Option1 Name", "Option1 name"). All other columns are ignored.
 */
const NAMES = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  body: ['Body (HTML)', 'Body HTML', 'Description'],
  vendor: ['Vendor'],
  type: ['Type'],
  taxonomy: ['Product category'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  giftCard: ['Gift card'],
  seoDescription: ['SEO description'],
  option1Name: ['Option1 name'],
  option1Value: ['Option1 value'],
  option2Name: ['Option2 name'],
  option2Value: ['Option2 value'],
  option3Name: ['Option3 name'],
  option3Value: ['Option3 value'],
  sku: ['Variant SKU', 'SKU'],
  price: ['Variant price', 'Price'],
  compareAt: ['Variant compare at price', 'Compare-at price'],
  quantity: ['Variant inventory qty', 'Inventory quantity'],
  // Grams whatever the unit beside them says: that one is only how Shopify shows them.
  grams: ['Variant grams', 'Weight value (grams)'],
  // Files of other tools have a weight in the unit beside it.
  weight: ['Variant weight', 'Weight'],
  weightUnit: ['Variant weight unit', 'Weight unit for display', 'Weight unit'],
  imageUrl: ['Image Src', 'Product image URL'],
  imagePosition: ['Image position'],
  imageAlt: ['Image alt text'],
  variantImageUrl: ['Variant image', 'Variant image URL'],
} as const satisfies Record<string, readonly string[]>;

export type Field = keyof typeof NAMES;
export const FIELDS = Object.keys(NAMES) as Field[];

export type Header =
  { ok: true; width: number; columns: ReadonlyMap<Field, number> } | { ok: false; reason: string };

const fold = (name: string) => name.trim().toLowerCase();

/** Finds the columns by the file's first row. A name that comes twice counts where it comes first. */
export function readHeader(cells: readonly string[]): Header {
  const names = cells.map(fold);
  const columns = new Map<Field, number>();
  for (const field of FIELDS) {
    const at = NAMES[field].map(name => names.indexOf(fold(name))).find(index => index >= 0);
    if (at !== undefined) columns.set(field, at);
  }
  if (!columns.has('title') || !columns.has('price')) {
    const missing = columns.has('title') ? 'price ("Variant Price" or "Price")' : '"Title"';
    return { ok: false, reason: `this is not Shopify's product file: there is no column ${missing}` };
  }
  return { ok: true, width: cells.length, columns };
}
