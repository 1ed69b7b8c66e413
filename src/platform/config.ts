import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/**
 * All settings of a process, read once from the environment. This is the only reader of `process.env`; everything
 * that is missing or unsafe is reported together. `.env.example` explains each setting.
 */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  /** Absolute address of the store without a trailing slash; every absolute link is built from it. */
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly databasePool: number;
  /** Newest first: the first signs, all verify. */
  readonly secrets: readonly string[];
  readonly trustProxy: number;
  /** bcrypt's cost for passwords: each step doubles the time. */
  readonly bcryptCost: number;
  /** Whether staff reach the desk only with a second factor. */
  readonly requireStaffSecondFactor: boolean;
  /** Whether the web process works on jobs itself. */
  readonly runJobs: boolean;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly stripe: {
    secretKey: string;
    webhookSecrets: string[];
    apiOrigin?: string;
    checkoutOrigin?: string;
  } | null;
  readonly toss: { secretKey: string; apiOrigin?: string } | null;
  /** Ways in by somebody else's word; null: not offered. */
  readonly google: ProviderKeys | null;
  readonly kakao: ProviderKeys | null;
  /** Further origins that providers are known to redirect a form post to (CSP form-action). */
  readonly formOrigins: readonly string[];
  readonly shop: ShopIdentity;
}

/** What a sign-in provider knows the store by; `origin` is that of a simulator. */
export interface ProviderKeys {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly origin?: string;
}

/** The business block that law wants on the first screen; empty fields are left out of the page. */
export interface ShopIdentity {
  readonly name: string;
  readonly owner: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly businessNumber: string;
  readonly mailOrderNumber: string;
  readonly hosting: string;
  readonly privacyOfficer: string;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map(problem => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const url = (schemes: readonly string[]) =>
  z
    .string()
    .refine(
      text => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `must be a ${schemes.join(' or ')} address`,
    );
const list = z.string().transform(text =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean),
);

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  BASE_URL: url(['http:', 'https:']).optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(8),
  SESSION_SECRET: list.optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).optional(),
  BCRYPT_COST: z.coerce.number().int().min(4).max(16).default(12),
  REQUIRE_STAFF_SECOND_FACTOR: z.enum(['yes', 'no']).optional(),
  RUN_JOBS: z.enum(['yes', 'no']).default('yes'),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z.string().optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/, 'must start with sk_test_, sk_live_ or rk_…')
    .optional(),
  STRIPE_WEBHOOK_SECRET: list.optional(),
  STRIPE_ORIGIN: url(['http:', 'https:']).optional(),
  TOSS_SECRET_KEY: z
    .string()
    .regex(/^(test|live)_sk_/, 'must start with test_sk_ or live_sk_')
    .optional(),
  TOSS_ORIGIN: url(['http:', 'https:']).optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GOOGLE_ORIGIN: url(['http:', 'https:']).optional(),
  KAKAO_CLIENT_ID: z.string().optional(),
  KAKAO_CLIENT_SECRET: z.string().optional(),
  KAKAO_ORIGIN: url(['http:', 'https:']).optional(),
  ALLOW_TEST_PAYMENTS: z.enum(['yes', 'no']).default('no'),
  CSP_FORM_ORIGINS: list.default([]),
  SHOP_NAME: z.string().default('Trainium'),
  SHOP_OWNER: z.string().default(''),
  SHOP_ADDRESS: z.string().default(''),
  SHOP_PHONE: z.string().default(''),
  SHOP_EMAIL: z.string().default(''),
  SHOP_BUSINESS_NUMBER: z.string().default(''),
  SHOP_MAIL_ORDER_NUMBER: z.string().default(''),
  SHOP_HOSTING: z.string().default(''),
  SHOP_PRIVACY_OFFICER: z.string().default(''),
});
type Settings = z.output<typeof settings>;

/** What production refuses to run without, or with. */
function productionProblems(found: Settings): string[] {
  const problems: string[] = [];
  const need = (name: keyof Settings, why: string) => {
    if (found[name] === undefined) problems.push(`${name} is missing: ${why}`);
  };
  need('DATABASE_URL', 'the Postgres that holds everything');
  need('BASE_URL', 'the public https address of the store');
  need('SESSION_SECRET', 'at least 32 random characters that sign cookies');
  need('SMTP_URL', 'where letters are handed over');
  need('MAIL_FROM', 'whom letters come from');
  if (found.BASE_URL && !found.BASE_URL.startsWith('https:'))
    problems.push('BASE_URL is unsafe: it must be https');
  if (found.BCRYPT_COST < 10) problems.push('BCRYPT_COST is unsafe: at least 10');
  if (found.SESSION_SECRET?.some(secret => secret.length < 32)) {
    problems.push('SESSION_SECRET is unsafe: each secret needs at least 32 characters');
  }
  if (!found.STRIPE_SECRET_KEY && !found.TOSS_SECRET_KEY) {
    problems.push('STRIPE_SECRET_KEY or TOSS_SECRET_KEY is missing: nothing could be paid');
  }
  const testKeys = [found.STRIPE_SECRET_KEY, found.TOSS_SECRET_KEY].some(key => /(^|_)test_/.test(key ?? ''));
  if (testKeys && found.ALLOW_TEST_PAYMENTS === 'no') {
    problems.push(
      'STRIPE_SECRET_KEY or TOSS_SECRET_KEY is unsafe: a test key takes no money (ALLOW_TEST_PAYMENTS=yes for a rehearsal)',
    );
  }
  if (found.STRIPE_ORIGIN || found.TOSS_ORIGIN) {
    problems.push('STRIPE_ORIGIN and TOSS_ORIGIN are unsafe: they lead payments to a simulator');
  }
  if (found.GOOGLE_ORIGIN || found.KAKAO_ORIGIN) {
    problems.push('GOOGLE_ORIGIN and KAKAO_ORIGIN are unsafe: a simulator lets in whoever asks');
  }
  return problems;
}

/** A sign-in provider takes both halves of its key: with one alone nobody could sign in. */
function halfKeys(found: Settings): string[] {
  return (['GOOGLE', 'KAKAO'] as const).flatMap(name => {
    const halves = [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`] as const;
    const missing = halves.filter(half => found[half] === undefined);
    return missing.length === 1
      ? [`${missing[0]} is missing: ${name === 'GOOGLE' ? 'Google' : 'Kakao'} takes an id and a secret`]
      : [];
  });
}

function providerKeys(
  clientId: string | undefined,
  clientSecret: string | undefined,
  origin: string | undefined,
): ProviderKeys | null {
  if (!clientId || !clientSecret) return null;
  return { clientId, clientSecret, ...(origin ? { origin: new URL(origin).origin } : {}) };
}

/** @throws ConfigError that names everything missing or unsafe at once. */
export function readConfig(environment: Environment = process.env): Config {
  const production = environment.NODE_ENV === 'production';
  // An empty setting is a setting left out.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success) throw new ConfigError(problems);
  const found = parsed.data;
  if (production) problems.push(...productionProblems(found));
  problems.push(...halfKeys(found));
  if (found.STRIPE_SECRET_KEY && !found.STRIPE_WEBHOOK_SECRET) {
    problems.push('STRIPE_WEBHOOK_SECRET is missing: webhooks could not be verified');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({
    production,
    port: found.PORT,
    baseUrl: (found.BASE_URL ?? `http://localhost:${found.PORT}`).replace(/\/+$/, ''),
    databaseUrl: found.DATABASE_URL ?? '',
    databasePool: found.DATABASE_POOL,
    // Without a secret of its own a development process signs with one that dies with it.
    secrets: found.SESSION_SECRET ?? [randomBytes(32).toString('base64url')],
    trustProxy: found.TRUST_PROXY ?? (production ? 1 : 0),
    bcryptCost: found.BCRYPT_COST,
    requireStaffSecondFactor: (found.REQUIRE_STAFF_SECOND_FACTOR ?? (production ? 'yes' : 'no')) === 'yes',
    runJobs: found.RUN_JOBS === 'yes',
    smtpUrl: found.SMTP_URL ?? 'smtp://127.0.0.1:1025',
    mailFrom: found.MAIL_FROM ?? 'Trainium <shop@trainium.example>',
    stripe: found.STRIPE_SECRET_KEY
      ? {
          secretKey: found.STRIPE_SECRET_KEY,
          webhookSecrets: found.STRIPE_WEBHOOK_SECRET ?? [],
          ...(found.STRIPE_ORIGIN
            ? { apiOrigin: found.STRIPE_ORIGIN, checkoutOrigin: found.STRIPE_ORIGIN }
            : {}),
        }
      : null,
    toss: found.TOSS_SECRET_KEY
      ? { secretKey: found.TOSS_SECRET_KEY, ...(found.TOSS_ORIGIN ? { apiOrigin: found.TOSS_ORIGIN } : {}) }
      : null,
    google: providerKeys(found.GOOGLE_CLIENT_ID, found.GOOGLE_CLIENT_SECRET, found.GOOGLE_ORIGIN),
    kakao: providerKeys(found.KAKAO_CLIENT_ID, found.KAKAO_CLIENT_SECRET, found.KAKAO_ORIGIN),
    formOrigins: found.CSP_FORM_ORIGINS,
    shop: Object.freeze({
      name: found.SHOP_NAME,
      owner: found.SHOP_OWNER,
      address: found.SHOP_ADDRESS,
      phone: found.SHOP_PHONE,
      email: found.SHOP_EMAIL,
      businessNumber: found.SHOP_BUSINESS_NUMBER,
      mailOrderNumber: found.SHOP_MAIL_ORDER_NUMBER,
      hosting: found.SHOP_HOSTING,
      privacyOfficer: found.SHOP_PRIVACY_OFFICER,
    }),
  });
}
