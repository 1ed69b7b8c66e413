import type { Request, RequestHandler, Response } from 'express';
import { changeProfile, findProfile, type Profile } from '../../accounts/index.js';
import { NotFound } from '../../lib/errors.js';
import { LOCALE_NAME, LOCALES } from '../../lib/locale.js';
import { CURRENCIES } from '../../lib/money.js';
import { findPrivatePicture, preparePortrait } from '../../media/index.js';
import { inTransaction } from '../../platform/db.js';
import { sendPhoto } from '../../returns/index.js';
import { errorTexts, localePath, readUploads, type FieldError, type Flash } from '../../web/index.js';
import { replaceAvatar } from '../actions/avatar.js';
import type { MyAccountDeps } from '../deps.js';
import { readProfile, shownProfile, typedProfile, type TypedProfile } from '../forms.js';
import { AVATAR_BYTES } from '../rules.js';
import { avatarView } from '../views/avatar.js';

/** Who one is, in one's own words, and the picture beside it. */
export function profileHandlers({ db, answer, cookies, avatarLimit, now }: MyAccountDeps) {
  const own = async (res: Response): Promise<Profile> => {
    const profile = await findProfile(db, { userId: res.locals.viewer!.userId });
    if (!profile) throw new NotFound();
    return profile;
  };
  const page = (
    req: Request,
    res: Response,
    profile: Profile,
    typed: TypedProfile = shownProfile(profile, res.locals.country),
    errors: readonly FieldError[] = [],
  ) => {
    const { t } = res.locals;
    answer.page(req, res, {
      view: 'my-account/profile',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('my-account.profile.title'), path: '/account/profile', noindex: true },
      data: {
        typed,
        errors: errorTexts(t, errors),
        languages: LOCALES.map(locale => ({ locale, name: LOCALE_NAME[locale] })),
        currencies: CURRENCIES,
        avatar: avatarView(profile),
      },
    });
  };
  const back = (req: Request, res: Response, key: string) => {
    const flash: Flash = { kind: 'done', key };
    answer.redirect(req, res, localePath(res.locals.locale, '/account/profile'), flash);
  };

  return {
    async show(req, res) {
      page(req, res, await own(res));
    },

    /** Only what the form asks for is read: a role or an address in the body is nobody's business. */
    async change(req, res) {
      const typed = typedProfile(req.body);
      const read = readProfile(typed, { country: res.locals.country });
      if (!read.ok) return page(req, res, await own(res), typed, read.errors);
      const { userId } = res.locals.viewer!;
      await inTransaction(db, tx => changeProfile(tx, { userId, profile: read.value, now: now() }));
      if (read.value.currency) cookies.write(res, 'currency', read.value.currency);
      back(req, res, 'my-account.profile.saved');
    },

    async setAvatar(req, res) {
      const { userId } = res.locals.viewer!;
      await avatarLimit.count(`user:${userId}`);
      const sent = await readUploads(req, res, { field: 'avatar', files: 1, bytes: AVATAR_BYTES });
      const again = async (reason: string) =>
        page(req, res, await own(res), undefined, [
          {
            field: 'avatar',
            key: `my-account.avatar.error.${reason}`,
            values: { size: AVATAR_BYTES / 1024 / 1024 },
          },
        ]);
      if (!sent.ok) return await again(sent.reason);
      const [file] = sent.files;
      if (!file) return await again('missing');
      const prepared = await preparePortrait(file);
      if (!prepared.ok) return await again(prepared.reason);
      await replaceAvatar(db, { userId, picture: prepared.picture, now: now() });
      back(req, res, 'my-account.avatar.saved');
    },

    async removeAvatar(req, res) {
      await replaceAvatar(db, { userId: res.locals.viewer!.userId, picture: null, now: now() });
      back(req, res, 'my-account.avatar.removed');
    },

    /** One's own picture and nobody else's: the address names no user. */
    async avatar(_req, res) {
      const { avatarId } = await own(res);
      const picture = avatarId && (await findPrivatePicture(db, { imageId: avatarId }));
      if (!picture) throw new NotFound();
      sendPhoto(res, picture.body);
    },
  } satisfies Record<string, RequestHandler>;
}
