/** A mailbox as people have them; a letter proves the rest. Linear, and the same one address for every parser. */
const SHAPE = /^[^\s@<>()[\]\\,;:"]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

/** An address as people type it, in one spelling (NFC, small letters); null for what cannot be one. */
export function readEmail(text: string): string | null {
  const address = text.normalize('NFC').trim().toLowerCase();
  return address.length <= 254 && !/\p{Cc}/u.test(address) && SHAPE.test(address) ? address : null;
}
