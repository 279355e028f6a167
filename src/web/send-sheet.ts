import type { Exchange } from './context.js';
import { disposition } from './disposition.js';
import { framedByOurselves } from './security-headers.js';

/** A sheet made when it was asked for and kept nowhere, as PDF: shown in place, and by no cache a second time. */
export const sendSheet = ({ res }: Exchange, { bytes, title }: { bytes: Buffer; title: string }): void =>
  void res.set({ ...framedByOurselves, 'content-type': 'application/pdf', 'cache-control': 'no-store', 'content-disposition': disposition(false, `${title}.pdf`) }).send(bytes);
