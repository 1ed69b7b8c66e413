import {
  startSignInSimulator,
  type Provider,
  type SignInSimulator,
  type SignInSimulatorOptions,
} from '../sign-in/simulator.js';
import type { Person } from '../sign-in/person.js';

/** Of gmail.com, of an organization, of elsewhere: Google answers for the first two only. */
const PEOPLE: readonly Person[] = [
  {
    subject: '108000000000000000001',
    name: 'Gulnora Karimova',
    email: 'gulnora.karimova@gmail.com',
    verified: true,
  },
  {
    subject: '108000000000000000002',
    name: 'Otabek Yusupov',
    email: 'otabek@studio.example',
    verified: true,
    organization: 'studio.example',
  },
  { subject: '108000000000000000003', name: 'Ann Elsewhere', email: 'ann@elsewhere.example', verified: true },
  {
    subject: '108000000000000000004',
    name: 'Not Yet Verified',
    email: 'unverified@gmail.com',
    verified: false,
  },
  { subject: '108000000000000000005', name: 'No Address', email: null, verified: false },
];

const GOOGLE: Provider = {
  name: 'Google',
  paths: { authorize: '/o/oauth2/v2/auth', token: '/oauth2/v4/token', userinfo: '/oauth2/v3/userinfo' },
  scopes: ['openid', 'email', 'profile'],
  separator: ' ',
  prompts: ['none', 'consent', 'select_account'],
  asks: 'organization',
  people: PEOPLE,
  tokenPrefix: 'ya29.',
  refusal: (code, why) =>
    `Error 400: ${{ client: 'invalid_client', redirect: 'redirect_uri_mismatch', request: 'invalid_request' }[code]} (${why})`,
  tokenError: (error, why) => ({
    status: error === 'invalid_client' ? 401 : 400,
    body: { error, error_description: why },
  }),
  tokenAnswer: (access_token, scope) => ({ access_token, expires_in: 3_599, scope, token_type: 'Bearer' }),
  userinfo(person) {
    if (!person)
      return {
        status: 401,
        text: JSON.stringify({ error: 'invalid_request', error_description: 'Invalid Credentials' }),
      };
    const { subject: sub, name, email, verified, organization } = person;
    return {
      status: 200,
      text: JSON.stringify({
        sub,
        ...(name ? { name, given_name: name.split(' ')[0] } : {}),
        ...(email === null ? {} : { email, email_verified: verified }),
        ...(organization ? { hd: organization } : {}),
      }),
    };
  },
};

/** Starts a stand-in for Google's sign-in. It gives no ID token: the shop asks the userinfo call instead. */
export const startGoogleSimulator = (options: SignInSimulatorOptions): Promise<SignInSimulator> =>
  startSignInSimulator(GOOGLE, options);
