import type { Request, RequestHandler, Response } from 'express';
import {
  chooseDefaultAddress,
  findAddress,
  findContact,
  listAddresses,
  MAX_ADDRESSES,
  removeAddress,
  saveAddress,
  type SavedAddress,
} from '../../accounts/index.js';
import { readAddress, typedAddress, type TypedAddress } from '../../checkout/index.js';
import { NotFound } from '../../lib/errors.js';
import { inTransaction } from '../../platform/db.js';
import { localePath, readId, typedFields, type FieldError } from '../../web/index.js';
import type { MyAccountDeps } from '../deps.js';
import { addressFormView, addressViews, asTyped } from '../views/addresses.js';

type Names = 'list' | 'add' | 'create' | 'edit' | 'change' | 'askRemoval' | 'remove' | 'makeDefault';

/** A user's saved addresses. Somebody else's is as unknown as one that never was. */
export function addressHandlers({
  db,
  answer,
  now,
}: MyAccountDeps): Record<Names, RequestHandler<{ id: string }>> {
  const userOf = (res: Response) => res.locals.viewer!.userId;
  const done = (req: Request, res: Response, key: string) =>
    answer.redirect(req, res, localePath(res.locals.locale, '/account/addresses'), {
      kind: 'done',
      key: `my-account.addresses.${key}`,
    });

  /** The address that the path names. @throws NotFound when it is not theirs. */
  const load = async (id: string, res: Response): Promise<SavedAddress> => {
    const addressId = readId(id);
    const address = addressId && (await findAddress(db, { userId: userOf(res), addressId }));
    if (!address) throw new NotFound();
    return address;
  };

  const form = (
    req: Request,
    res: Response,
    shown: {
      address: SavedAddress | null;
      typed: TypedAddress;
      country: string;
      asDefault?: boolean;
      errors?: readonly FieldError[];
    },
  ) => {
    const { t, locale, countries = [] } = res.locals;
    const { asDefault = false, errors = [] } = shown;
    const title = t(shown.address ? 'my-account.addresses.edit' : 'my-account.addresses.add');
    answer.page(req, res, {
      view: 'my-account/address',
      fragment: 'my-account/_address-form',
      status: errors.length > 0 ? 422 : 200,
      head: { title, noindex: true },
      data: { form: addressFormView({ t, locale, countries, ...shown, asDefault, errors }) },
    });
  };

  const isKnown = (res: Response, code: string) =>
    (res.locals.countries ?? []).some(country => country.code === code);

  /** What both forms do with what was sent: save it, show another country's fields, or say what to mend. */
  const save = async (req: Request, res: Response, address: SavedAddress | null) => {
    const typed = typedAddress(req.body);
    const { default: ticked, show } = typedFields(req.body, ['default', 'show']);
    const asDefault = ticked === 'yes';
    const { form_country: shownFor } = typed;
    const country = isKnown(res, typed.country) ? typed.country : (address?.country ?? res.locals.country);
    const again = (errors: readonly FieldError[]) =>
      form(req, res, { address, typed, country, asDefault, errors });
    if (show) return again([]);
    if (!isKnown(res, typed.country))
      return again([{ field: 'country', key: 'my-account.addresses.error.country' }]);
    const read = readAddress(typed, { country });
    // The country was changed without asking for its form: what was typed stays, the rest is asked for now.
    if (shownFor && shownFor !== country && !read.ok)
      return again([{ field: 'country', key: 'my-account.addresses.error.changed' }, ...read.errors]);
    if (!read.ok) return again(read.errors);
    const saved = await inTransaction(db, tx =>
      saveAddress(tx, {
        userId: userOf(res),
        addressId: address?.id ?? null,
        address: read.value,
        asDefault,
        now: now(),
      }),
    );
    if (saved.ok) return done(req, res, 'saved');
    if (saved.reason === 'unknown') throw new NotFound();
    again([
      { field: 'address-form', key: 'my-account.addresses.error.full', values: { max: MAX_ADDRESSES } },
    ]);
  };

  return {
    async list(req, res) {
      const { t, locale } = res.locals;
      const addresses = addressViews(await listAddresses(db, { userId: userOf(res) }), locale);
      answer.page(req as Request, res, {
        view: 'my-account/addresses',
        head: { title: t('my-account.addresses.title'), noindex: true },
        data: { addresses, isFull: addresses.length >= MAX_ADDRESSES, max: MAX_ADDRESSES },
      });
    },

    async add(req, res) {
      const contact = await findContact(db, { userId: userOf(res) });
      const typed = typedAddress({ name: contact?.name, phone: contact?.phone });
      form(req as Request, res, { address: null, typed, country: res.locals.country });
    },

    create: (req, res) => save(req as Request, res, null),

    async edit(req, res) {
      const address = await load(req.params.id, res);
      form(req as Request, res, { address, typed: asTyped(address), country: address.country });
    },

    change: async (req, res) => await save(req as Request, res, await load(req.params.id, res)),

    async askRemoval(req, res) {
      const { t, locale } = res.locals;
      const [address] = addressViews([await load(req.params.id, res)], locale);
      answer.page(req as Request, res, {
        view: 'my-account/address-removal',
        head: { title: t('my-account.addresses.removeTitle'), noindex: true },
        data: { address },
      });
    },

    /** Removing what is gone already is what was wanted. */
    async remove(req, res) {
      const addressId = readId(req.params.id);
      if (addressId !== null)
        await inTransaction(db, tx => removeAddress(tx, { userId: userOf(res), addressId, now: now() }));
      done(req as Request, res, 'removed');
    },

    async makeDefault(req, res) {
      const { id: addressId } = await load(req.params.id, res);
      await inTransaction(db, tx => chooseDefaultAddress(tx, { userId: userOf(res), addressId }));
      done(req as Request, res, 'defaultSet');
    },
  };
}
