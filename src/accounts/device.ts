import type { Request } from 'express';
import { countryOf } from '../platform/whereabouts.js';
import type { Device } from './actions/sign-ins.js';

/** What a request says of the browser it comes from, and of where that is. */
export const deviceOf = (req: Request): Device => ({
  userAgent: req.get('user-agent') ?? '',
  country: countryOf(req.ip ?? ''),
});
