export {
  checkPassword,
  endSignIn,
  endSignIns,
  forgetSignIns,
  replacePassword,
  saveStaff,
  signInStaff,
  touchSignIn,
  type PasswordCheck,
  type SignInResult,
} from './actions.js';
export { hashPassword, newPassword } from './password.js';
export { findSignIn, listStaffNames, type SignIn, type User } from './queries.js';
export {
  foldEmail,
  isAlive,
  isStaffRole,
  passwordProblem,
  ROLES,
  SEEN_EVERY_MS,
  SHORTEST_PASSWORD,
  type PasswordProblem,
  STAFF_STAY_MS,
  type Role,
} from './rules.js';
export { beginSession, endSession, signInOf } from './session.js';
