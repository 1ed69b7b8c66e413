/** Local stand-ins for the services around the shop. Loaded for development and tests only, never in production. */
export type { Delivery } from './courier.js';
export type { ReceivedCall } from './desk.js';
export type { SimulatedLetter } from './mail/letters.js';
export { startGoogleSimulator } from './google/simulator.js';
export { startKakaoSimulator } from './kakao/simulator.js';
export { startMailSimulator, type MailSimulator, type MailSimulatorOptions } from './mail/simulator.js';
export type { Person } from './sign-in/person.js';
export type { SignInSimulator, SignInTrouble } from './sign-in/simulator.js';
export {
  startStripeSimulator,
  type StripeSimulator,
  type StripeSimulatorOptions,
} from './stripe/simulator.js';
export type { StripeTrouble } from './stripe/trouble.js';
export type { TossPaymentObject } from './toss/payment-object.js';
export { startTossSimulator, type TossSimulator, type TossSimulatorOptions } from './toss/simulator.js';
export type { TossTrouble } from './toss/trouble.js';
