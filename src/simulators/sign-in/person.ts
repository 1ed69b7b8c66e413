/** Somebody with an account at a provider, as the provider knows them. */
export interface Person {
  /** What the provider calls them for ever; digits only, as both providers have it. */
  subject: string;
  name: string;
  /** Null: they have none, or did not agree to share it. */
  email: string | null;
  /** Whether the provider says that it was shown to be theirs. */
  verified: boolean;
  /** Kakao: another account has taken the address since. */
  taken?: boolean;
  /** Google: the organization whose address it is. */
  organization?: string;
}

/** Somebody else, as typed on the page; null when there is no such person. */
export function readPerson(fields: Readonly<Record<string, unknown>>): Person | null {
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  const subject = text('subject');
  if (!/^\d{1,30}$/.test(subject)) return null;
  const organization = text('organization');
  return {
    subject,
    name: text('name'),
    email: text('email') || null,
    verified: fields['verified'] === 'yes',
    ...(fields['taken'] === 'yes' ? { taken: true } : {}),
    ...(organization ? { organization } : {}),
  };
}
