import helmet from 'helmet';
import type { RequestHandler } from 'express';

/**
 * Nothing is allowed that is not named: no inline script or style, no foreign source. Frames are for the preview of our own PDF only;
 * who may frame us is answered by `frame-ancestors`, which a PDF of ours sets for itself.
 */
const policy = {
  'default-src': ["'none'"], 'style-src': ["'self'"], 'script-src': ["'self'"], 'img-src': ["'self'", 'data:', 'blob:'], 'connect-src': ["'self'"],
  'frame-src': ["'self'"], 'form-action': ["'self'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"],
};

/** Security headers for every answer. `secure` says whether the public address is https. */
export function securityHeaders(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: secure,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
}

/**
 * For a file shown inside one of our own pages. Only PDF and pictures are ever shown in place; `default-src` would keep the browser's own
 * PDF viewer from opening.
 */
export const framedByOurselves = { 'content-security-policy': "script-src 'none'; frame-ancestors 'self'", 'x-frame-options': 'SAMEORIGIN' };
