import { createHmac } from 'node:crypto';
import { scramVerifier } from '../../../src/runtime/scram-verifier.js';

describe('scramVerifier', () => {
  it('gives the server the key of RFC 7677, so that a role made with it can sign in', () => {
    const salt = 'W22ZaJ0SNY7soEsUEjb6gQ==';
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
    const message = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=${salt},i=4096,c=biws,r=${nonce}`;
    const verifier = scramVerifier('pencil', Buffer.from(salt, 'base64'));
    const serverKey = Buffer.from(verifier.split(':').pop() ?? '', 'base64');
    expect(createHmac('sha256', serverKey).update(message).digest('base64')).toBe('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
    expect(verifier.startsWith(`SCRAM-SHA-256$4096:${salt}$`)).toBe(true);
  });

  it('never contains the password, because servers log statements', () => {
    expect(scramVerifier('correct-horse')).not.toContain('correct-horse');
  });
});
