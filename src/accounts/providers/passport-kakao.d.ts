/** The package has no types of its own; this is the part we build on. */
declare module 'passport-kakao' {
  import OAuth2Strategy from 'passport-oauth2';

  export class Strategy extends OAuth2Strategy {
    protected _userProfileURL: string;
  }
}
