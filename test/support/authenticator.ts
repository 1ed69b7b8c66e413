import { Secret, TOTP } from 'otpauth';
import type { Shop } from './shop.js';
import type { Visitor } from './visitor.js';

/** A person's app, and the recovery codes they wrote down. */
export interface Authenticator {
  secret: string;
  codes: string[];
  /** The code that the app shows now, or some half minutes from now. */
  code(ahead?: number): string;
}

/** The app that read `secret`, on a phone whose clock is the shop's. */
export function authenticator(shop: Pick<Shop, 'now'>, secret: string, codes: string[] = []): Authenticator {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return {
    secret,
    codes,
    code: (ahead = 0) => totp.generate({ timestamp: shop.now().getTime() + ahead * 30_000 }),
  };
}

/** The key that the page of setting up shows for typing. */
export const secretOn = (html: string): string =>
  /setup__key">([A-Z2-7 ]+)</.exec(html)![1]!.replaceAll(' ', '');
/** The recovery codes that a page shows. */
export const codesOn = (html: string): string[] =>
  [...html.matchAll(/<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})<\/code>/g)].map(([, code]) => code!);

/** Sets a second factor up through the pages, for somebody who has just signed in. */
export async function setUpFactor(shop: Shop, visitor: Visitor, locale = 'en'): Promise<Authenticator> {
  await visitor.post(`/${locale}/account/second-factor/setup`, {});
  const secret = secretOn((await visitor.get(`/${locale}/account/second-factor/setup`)).text);
  const app = authenticator(shop, secret);
  const { status, location } = await visitor.post(`/${locale}/account/second-factor`, { code: app.code() });
  if (status !== 303) throw new Error(`the second factor is not on: ${status}`);
  return { ...app, codes: codesOn((await visitor.get(location!)).text) };
}
