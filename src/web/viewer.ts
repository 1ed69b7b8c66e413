/** Who asks, when somebody is signed in. Filled by the room that knows, from the database, on every request. */
export interface Viewer {
  userId: number;
  signInId: number;
  role: 'admin' | 'staff' | 'customer';
  name: string;
  email: string;
  /** The address was shown to be theirs: what lies under it may be theirs, too. */
  isVerified: boolean;
  /** When it was last shown that the person at this browser is the user. */
  confirmedAt: Date;
  /** Works at the desk, whose setting wants a second factor, and has none: it is set up before anything else there. */
  owesSecondFactor: boolean;
}
