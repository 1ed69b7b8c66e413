import { LOCALES, type Locale } from '../../lib/locale.js';
import { change, row, type Tx } from '../../platform/db.js';
import { CATEGORY, giveSlugs, lockSlugs } from './slugs.js';

export interface CategoryDraft {
  /** Names the category for ever, in no language: "free-weights". */
  code: string;
  position: number;
  imageId?: string | null;
  translations: { en: CategoryText } & Partial<Record<Locale, CategoryText>>;
}

export interface CategoryText {
  name: string;
  /** A wish, as a product's. */
  slug: string;
  description: string;
}

/** Makes the category of this code what the draft says and returns its id. Former slugs keep leading to it. */
export async function saveCategory(tx: Tx, draft: CategoryDraft): Promise<number> {
  await lockSlugs(tx);
  await change(
    tx,
    `insert into categories (code, position) values (:code, :position) on conflict (code) do nothing`,
    {
      code: draft.code,
      position: draft.position,
    },
  );
  const { id } = (await row<{ id: number }>(
    tx,
    `select id from categories where code = :code for no key update`,
    {
      code: draft.code,
    },
  ))!;
  const picture = draft.imageId === undefined ? {} : { image_id: draft.imageId };
  await tx('categories')
    .where({ id })
    .update({ position: draft.position, ...picture });

  const texts = LOCALES.flatMap(locale => {
    const text = draft.translations[locale];
    return text ? [{ locale, ...text }] : [];
  });
  const wishes = Object.fromEntries(texts.map(({ locale, slug }) => [locale, slug]));
  const slugs = await giveSlugs(tx, { owner: CATEGORY, id, wishes });
  await tx('category_translations')
    .insert(
      texts.map(({ locale, name, description }) => ({
        category_id: id,
        locale,
        name,
        description,
        slug: slugs[locale],
      })),
    )
    .onConflict(['category_id', 'locale'])
    .merge();
  return id;
}
