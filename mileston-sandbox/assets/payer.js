// The payer that is simulated in test mode: a wallet and a transaction that look like those of the chain. Nobody has a
// key to such a wallet, and no such transaction is on any chain.

const HEX = '0123456789abcdef';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function payerOn(chain) {
  switch (chain) {
    case 'solana': return { payer: `Sandbox${text(BASE58, 36)}`, transaction: text(BASE58, 88) };
    case 'sui': return { payer: `0xfa4e${text(HEX, 60)}`, transaction: text(BASE58, 44) };
    default: return { payer: `0xfa4e${text(HEX, 36)}`, transaction: `0x${text(HEX, 64)}` };
  }
}

function text(alphabet, length) {
  // Not quite even over 58 letters; nobody has to be unable to guess it.
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
