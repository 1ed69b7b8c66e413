import {
  startSignInSimulator,
  type Provider,
  type SignInSimulator,
  type SignInSimulatorOptions,
} from '../sign-in/simulator.js';
import type { Person } from '../sign-in/person.js';

const PEOPLE: readonly Person[] = [
  { subject: '3000000001', name: '김하늘', email: 'haneul@kakao.com', verified: true },
  { subject: '3000000002', name: '이도윤', email: 'doyun@naver.com', verified: false },
  { subject: '3000000003', name: '박서연', email: 'seoyeon@kakao.com', verified: true, taken: true },
  { subject: '3000000004', name: '최민준', email: null, verified: false },
  // One more digit than a JavaScript number keeps.
  { subject: '9007199254740993001', name: '정지우', email: 'jiwoo@kakao.com', verified: true },
];

const CODES = { client: 'KOE101', redirect: 'KOE006', request: 'KOE205' } as const;
const TOKEN_CODES = { invalid_client: 'KOE010', invalid_grant: 'KOE320', invalid_request: 'KOE310' } as const;

/** Its id is a number of 64 bits, which JSON.stringify could not write. */
function userinfoText({ subject, name, email, verified, taken }: Person): string {
  const account = {
    profile_nickname_needs_agreement: name === '',
    ...(name ? { profile: { nickname: name, is_default_image: true } } : {}),
    has_email: email !== null,
    email_needs_agreement: email === null,
    ...(email === null ? {} : { is_email_valid: taken !== true, is_email_verified: verified, email }),
  };
  const rest = JSON.stringify({ connected_at: '2026-11-01T00:00:00Z', kakao_account: account });
  return `{"id":${subject},${rest.slice(1)}`;
}

const KAKAO: Provider = {
  name: 'Kakao',
  paths: { authorize: '/oauth/authorize', token: '/oauth/token', userinfo: '/v2/user/me' },
  scopes: ['account_email', 'profile_nickname', 'profile_image', 'openid'],
  separator: ',',
  prompts: ['login', 'none', 'create', 'select_account'],
  asks: 'taken',
  people: PEOPLE,
  tokenPrefix: '',
  refusal: (code, why) => `${CODES[code]} (${why})`,
  tokenError: (error, why) => ({
    status: error === 'invalid_client' ? 401 : 400,
    body: { error, error_description: why, error_code: TOKEN_CODES[error] },
  }),
  tokenAnswer: (access_token, scope) => ({
    token_type: 'bearer',
    access_token,
    expires_in: 43_199,
    refresh_token: `${access_token}-refresh`,
    refresh_token_expires_in: 5_184_000,
    scope: scope.replaceAll(',', ' '),
  }),
  userinfo: person =>
    person
      ? { status: 200, text: userinfoText(person) }
      : { status: 401, text: JSON.stringify({ msg: 'this access token does not exist', code: -401 }) },
};

/** Starts a stand-in for Kakao Login. PKCE, which Kakao does not document, is checked when it is sent. */
export const startKakaoSimulator = (options: SignInSimulatorOptions): Promise<SignInSimulator> =>
  startSignInSimulator(KAKAO, options);
