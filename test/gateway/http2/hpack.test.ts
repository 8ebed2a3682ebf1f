import { describe, expect, test } from 'vitest';
import { encodeHeaders, HpackDecoder } from '../../../engine/gateway/http2/hpack.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const decoded = (decoder: HpackDecoder, block: string): [string, string][] => [...decoder.decode(hex(block))];

describe('header blocks (RFC 7541)', () => {
  test('requests with Huffman codes are read as in appendix C.4, one table for all three', () => {
    const decoder = new HpackDecoder();
    expect(decoded(decoder, '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff')).toEqual([[':method', 'GET'], [':scheme', 'http'], [':path', '/'], [':authority', 'www.example.com']]);
    expect(decoded(decoder, '8286 84be 5886 a8eb 1064 9cbf')).toEqual([[':method', 'GET'], [':scheme', 'http'], [':path', '/'], [':authority', 'www.example.com'], ['cache-control', 'no-cache']]);
    expect(decoded(decoder, '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf')).toEqual([[':method', 'GET'], [':scheme', 'https'], [':path', '/index.html'], [':authority', 'www.example.com'], ['custom-key', 'custom-value']]);
  });

  test('literals are read as in appendix C.2, remembered only where it is said', () => {
    const decoder = new HpackDecoder();
    expect(decoded(decoder, '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572')).toEqual([['custom-key', 'custom-header']]);
    expect(decoded(decoder, 'be')).toEqual([['custom-key', 'custom-header']]);
    expect(decoded(decoder, '1008 7061 7373 776f 7264 0673 6563 7265 74')).toEqual([['password', 'secret']]);
    expect(() => decoder.decode(hex('bf'))).toThrow('no header field 63');
  });

  test('a smaller table forgets its oldest fields', () => {
    const decoder = new HpackDecoder();
    decoder.decode(hex('400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572'));
    expect(decoded(decoder, '20')).toEqual([]);
    expect(() => decoder.decode(hex('be'))).toThrow('no header field 62');
    expect(() => decoder.decode(hex('3fe21f'))).toThrow('larger than allowed');
  });

  test('what is written is read again, long values too', () => {
    const fields = [[':status', '200'], ['content-type', 'application/grpc+proto'], ['grpc-message', 'x'.repeat(5000)]] as const;
    expect([...new HpackDecoder().decode(encodeHeaders(fields))]).toEqual(fields);
  });

  test.each([['ends within a text', '400a 6375'], ['has a text without end', '4001'], ['names field 0', '80'], ['is too large an integer', 'ff ff ff ff ff ff 7f'], ['has wrong padding', '4081 00 0161']])('a block that %s is refused', (_what, block) => {
    expect(() => new HpackDecoder().decode(hex(block))).toThrow(RangeError);
  });

  test('headers beyond 16 KiB are refused', () => {
    expect(() => new HpackDecoder().decode(encodeHeaders(Array.from({ length: 20 }, (_, at) => [`x-${at}`, 'y'.repeat(1000)] as const)))).toThrow('headers of more than');
  });
});
