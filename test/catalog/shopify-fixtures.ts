/** Columns of the older vocabulary that tests use; files of the wild have three times as many. */
export const OLDER = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Compare At Price',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Gift Card',
  'Variant Image',
  'Variant Weight',
  'Variant Weight Unit',
  'Status',
];

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A file as Shopify writes it: commas, CRLF, quotes where they are needed. Cells that are not given are empty. */
export function csv(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const lines = rows.map(row => columns.map(column => quoted(row[column] ?? '')).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

const BENCH_ROWS = [
  {
    Handle: 'flat-bench',
    Title: 'Flat bench, 12" high',
    'Body (HTML)': '<p>A <b>bench</b>.</p>\n<ul>\n<li>Steel</li>\n</ul>',
    Vendor: 'Iron & Sons',
    Type: 'Bench',
    Published: 'true',
    'Option1 Name': 'Colour',
    'Option1 Value': 'Black',
    'Option2 Name': 'Length',
    'Option2 Value': 'Short',
    'Variant SKU': 'FB-1',
    'Variant Grams': '12500',
    'Variant Inventory Tracker': 'shopify',
    'Variant Inventory Qty': '4',
    'Variant Price': '199.90',
    'Variant Compare At Price': '249',
    'Image Src': 'https://cdn.example/side.jpg',
    'Image Position': '2',
    'Variant Weight Unit': 'kg',
  },
  {
    Handle: 'flat-bench',
    'Option1 Value': 'Black',
    'Option2 Value': 'Long',
    'Variant Grams': '14000',
    'Variant Price': '219.00',
    'Variant Compare At Price': '219.00',
    'Image Src': 'https://cdn.example/front%20view.jpg?v=1',
    'Image Position': '1',
    'Image Alt Text': 'From the front',
    'Variant Weight Unit': 'kg',
  },
  {
    Handle: 'flat-bench',
    'Option1 Value': 'Grey, matt',
    'Option2 Value': 'Long',
    'Variant SKU': 'FB-3',
    'Variant Inventory Qty': '0',
    'Variant Price': '219.00',
    'Variant Image': 'https://cdn.example/grey.jpg',
  },
  { Handle: 'flat-bench', 'Image Src': 'https://cdn.example/grey.jpg', 'Image Position': '3' },
];

/** One product in three variants, the last row with nothing but a picture. */
export const BENCH = csv(OLDER, BENCH_ROWS);

/** The newer names of the columns above, in another order. */
const NEWER: Readonly<Record<string, string>> = {
  Title: 'Title',
  Handle: 'URL handle',
  'Body (HTML)': 'Description',
  Vendor: 'Vendor',
  Type: 'Type',
  Published: 'Published on online store',
  Status: 'Status',
  'Variant SKU': 'SKU',
  'Option1 Name': 'Option1 name',
  'Option1 Value': 'Option1 value',
  'Option2 Name': 'Option2 name',
  'Option2 Value': 'Option2 value',
  'Variant Price': 'Price',
  'Variant Compare At Price': 'Compare-at price',
  'Variant Inventory Tracker': 'Inventory tracker',
  'Variant Inventory Qty': 'Inventory quantity',
  'Variant Grams': 'Weight value (grams)',
  'Variant Weight Unit': 'Weight unit for display',
  'Image Src': 'Product image URL',
  'Image Position': 'Image position',
  'Image Alt Text': 'Image alt text',
  'Variant Image': 'Variant image URL',
};

export const BENCH_NEWER = csv(
  Object.values(NEWER),
  BENCH_ROWS.map(row => Object.fromEntries(Object.entries(row).map(([name, cell]) => [NEWER[name]!, cell]))),
);
