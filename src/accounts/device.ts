import type { Request } from 'express';
import type { Device } from './actions/sign-ins.js';

/** What a request says of the browser it comes from. */
export const deviceOf = (req: Request): Device => ({ userAgent: req.get('user-agent') ?? '', country: '' });
