// HPACK's Huffman code (RFC 7541, appendix B) is canonical: the lengths of the codes say all. Bytes 0 to 255, then the end of string; a digit in base 36 each.
const LENGTHS =
  'dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6cad67777777777777777777777878djde6f56565666577666567655677777fbeds' +
  'kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmnlmnnkmmmnmmnqqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrqu';
const END_OF_STRING = 256;
const LONGEST_PADDING = 7;

// A binary tree in pairs: next node for 0 and for 1; a leaf is ~symbol, 0 is nothing.
const tree = buildTree();

/** Decodes a Huffman-coded text. @throws RangeError for what no encoder writes */
export function decodeHuffman(bytes: Buffer): string {
  let text = '';
  let node = 0;
  let bits = 0;
  let ones = true;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const one = (byte >> bit) & 1;
      const next = tree[node * 2 + one]!;
      bits += 1;
      ones &&= one === 1;
      if (next >= 0) {
        node = next;
        continue;
      }
      if (~next === END_OF_STRING) throw new RangeError('the end of string is coded inside of it');
      text += String.fromCharCode(~next);
      node = 0;
      bits = 0;
      ones = true;
    }
  }
  if (bits > LONGEST_PADDING || !ones) throw new RangeError('padding that is none');
  return text;
}

function buildTree(): Int32Array {
  const nodes: number[] = [0, 0];
  const symbols = Array.from(LENGTHS, (digit, symbol) => ({ symbol, length: Number.parseInt(digit, 36) })).sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  let code = 0;
  let before = 0;
  for (const { symbol, length } of symbols) {
    code *= 2 ** (length - before);
    before = length;
    let node = 0;
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      const at = node * 2 + (Math.floor(code / 2 ** bit) % 2);
      if (bit === 0) {
        nodes[at] = ~symbol;
      } else if (nodes[at] === 0) {
        node = nodes.length / 2;
        nodes[at] = node;
        nodes.push(0, 0);
      } else {
        node = nodes[at]!;
      }
    }
    code += 1;
  }
  return Int32Array.from(nodes);
}
