export const Byte = {
  tab: 0x09,
  line: 0x0a,
  return: 0x0d,
  space: 0x20,
  quote: 0x22,
  backslash: 0x5c,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  openObject: 0x7b,
  closeObject: 0x7d,
  openList: 0x5b,
  closeList: 0x5d,
} as const;

export function isDigit(byte: number): boolean {
  return byte >= Byte.zero && byte <= 0x39;
}
