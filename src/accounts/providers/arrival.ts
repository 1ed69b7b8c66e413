import { z } from 'zod';

export const PROVIDERS = ['google', 'kakao'] as const;
/** Whose word lets somebody in. */
export type Provider = (typeof PROVIDERS)[number];
export const isProvider = (value: unknown): value is Provider => PROVIDERS.includes(value as Provider);

/** Somebody whom a provider has sent to us, and what it says of them. */
export interface Arrival {
  provider: Provider;
  /** What the provider calls them for ever: the only thing that names them. */
  subject: string;
  /** Prefilled, theirs to change; empty when they did not share one. */
  name: string;
  email: string | null;
  /** The provider says that the address was shown to be theirs, once. */
  emailVerified: boolean;
  /** The provider answers for the address being theirs today, not only once. */
  vouched: boolean;
}

/** Longer names and addresses are nobody's: they are left out. */
const NAME = 100;
const ADDRESS = z.email().max(254);
const SUBJECT = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/);

/** @throws Error for a subject that is none: whoever has no name of their own there cannot be recognized. */
export function arrivalOf(told: {
  provider: Provider;
  subject: unknown;
  name: unknown;
  email: unknown;
  verified: boolean;
  answersFor: (address: string) => boolean;
}): Arrival {
  const subject = SUBJECT.safeParse(told.subject);
  if (!subject.success) throw new Error(`${told.provider} names no subject`);
  const address = ADDRESS.safeParse(told.email);
  const email = address.success ? address.data : null;
  const emailVerified = email !== null && told.verified;
  const name = typeof told.name === 'string' ? told.name.normalize('NFC').trim() : '';
  return {
    provider: told.provider,
    subject: subject.data,
    name: name.length <= NAME ? name : '',
    email,
    emailVerified,
    vouched: emailVerified && told.answersFor(email),
  };
}
