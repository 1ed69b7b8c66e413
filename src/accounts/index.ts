export {
  chooseDefaultAddress,
  MAX_ADDRESSES,
  removeAddress,
  saveAddress,
  type SaveAddressResult,
} from './actions/addresses.js';
export { checkCredentials, checkPassword, replacePassword, type PasswordCheck } from './actions/password.js';
export {
  endSignIn,
  endSignIns,
  forgetSignIns,
  openSignIn,
  type Device,
  type Via,
} from './actions/sign-ins.js';
export { countTry, forgetTries, forgiveTry } from './actions/throttle.js';
export { forgetUnverified, registerUser, type Registration } from './actions/register.js';
export { closeErasure, eraseUser, lockLeaving, type Leaving } from './actions/erase.js';
export { listAccountMoments, type AccountMoment } from './queries/history.js';
export { findErasure } from './queries/erasure.js';
export { endSession } from './session.js';
export { changeMarketing, changeProfile, setAvatar } from './actions/profile.js';
export { acceptInvitation, inviteStaff } from './actions/invite.js';
export { changeRole, endAllSignIns, setDisabled, type ManageResult } from './actions/manage.js';
export { listOpenSignIns, type OpenSignIn } from './queries/sign-ins.js';
export { isAddress } from './registration-form.js';
export { signInViews, type SignInView } from './views/sign-ins.js';
export { saveStaff } from './actions/staff.js';
export {
  endUserTokens,
  findUserToken,
  forgetUserTokens,
  openUserToken,
  useUserToken,
  type TokenPurpose,
  type UserToken,
} from './actions/tokens.js';
export type { AccountsDeps, AfterSignIn, AfterVerified } from './deps.js';
export { hashPassword, newPassword } from './password.js';
export {
  findAccountEvent,
  findSignIn,
  findUser,
  findUserByAddress,
  listStaffNames,
  type SignIn,
  type User,
} from './queries.js';
export { findAddress, findContact, listAddresses, type SavedAddress } from './queries/addresses.js';
export { findSecondFactor, type SecondFactor } from './queries/second-factor.js';
export { findProfile, hasMarketingConsent, type Profile } from './queries/profile.js';
export { findWaysIn, type WaysIn } from './queries/security.js';
export { tooYoung } from './controller/too-young.js';
export { accountOffer, beginAccount, type AccountOffer, type RegisterDeps } from './offer.js';
export { readRegistration } from './registration-form.js';
export { createSeal } from './seal.js';
export { forgetSetups, switchOffSecondFactor } from './actions/second-factor.js';
export { createProviders, type Providers } from './providers/providers.js';
export { accountsRoutes, authRoutes } from './routes.js';
export {
  foldEmail,
  isKept,
  isStaffRole,
  passwordProblem,
  ROLES,
  type PasswordProblem,
  type Role,
} from './rules.js';
export { loadViewer } from './viewer.js';
