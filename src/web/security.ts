import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers of every answer. No inline script or style, nothing from another host, no framing. `formOrigins` are the
 * payment pages that a form post may be redirected on to: browsers hold `form-action` against redirects too.
 */
export function securityHeaders(options: {
  production: boolean;
  formOrigins: readonly string[];
}): RequestHandler {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'", ...options.formOrigins],
        ...(options.production ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // Other sites learn nothing of where a shopper was (order links hold a key); our own forms keep their Origin.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: options.production ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xPoweredBy: true, // removes it
  });
  return (req, res, next) => {
    res.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), interest-cohort=()');
    protect(req, res, next);
  };
}

/**
 * Refuses form posts that another site made a shopper's browser send (cross-site request forgery). Browsers name the
 * sender in Sec-Fetch-Site, older ones in Origin; text browsers and scripts name neither, and carry no sessions that
 * another page could ride on.
 */
export const sameSiteOnly: RequestHandler = (req, res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  const ours = site
    ? site === 'same-origin' || site === 'none'
    : !origin || (URL.canParse(origin) && new URL(origin).host === req.headers.host);
  if (ours) return next();
  res.status(403).type('text').send('This form was sent from another site.');
};
