import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, test } from 'vitest';
import { GrpcServer } from '../../../engine/gateway/grpc-server.ts';
import { RpcError, type ServerCall } from '../../../engine/gateway/server-call.ts';

type Call = ServerCall<Buffer, Buffer>;

const MAX_BYTES = 100_000;
const method = (path: string) => ({ path, requestStream: false, responseStream: true, requestSerialize: (value: Buffer) => value, requestDeserialize: (value: Buffer) => value, responseSerialize: (value: Buffer) => value, responseDeserialize: (value: Buffer) => value });
const service = { Do: method('/t.T/Do') } as unknown as ServiceDefinition;

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function serve(handle: (call: Call) => void, keepAlive = { keepAliveMs: 60_000, keepAliveAnswerMs: 60_000 }): Promise<{ server: GrpcServer; port: number }> {
  const server = new GrpcServer({ maxBytes: MAX_BYTES, ...keepAlive });
  server.addService(service, { do: handle });
  const port = await server.listen('127.0.0.1', 0);
  ends.push(() => server.stop());
  return { server, port };
}

function open(port: number, settings = {}): ClientHttp2Session {
  const session = connect(`http://127.0.0.1:${port}`, { settings });
  session.on('error', () => undefined); // the calls say it
  ends.push(() => session.destroy());
  return session;
}

const framed = (message: Buffer, flag = 0): Buffer => {
  const prefix = Buffer.from([flag, 0, 0, 0, 0]);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
};

interface Answered {
  status?: string;
  message?: string;
  httpStatus?: number;
  bytes: Buffer;
}

function begin(session: ClientHttp2Session, { path = '/t.T/Do', ...headers }: { path?: string; [name: string]: string | undefined } = {}): ClientHttp2Stream {
  return session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers', ...headers });
}

function answerOf(stream: ClientHttp2Stream): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const answer: Answered = { bytes: Buffer.alloc(0) };
    const see = (headers: Record<string, unknown>): void => {
      if (headers[':status'] !== undefined) answer.httpStatus = Number(headers[':status']);
      if (headers['grpc-status'] === undefined) return;
      answer.status = String(headers['grpc-status']);
      answer.message = decodeURIComponent(String(headers['grpc-message'] ?? ''));
    };
    stream.on('response', see);
    stream.on('trailers', see);
    stream.on('data', (chunk: Buffer) => (answer.bytes = Buffer.concat([answer.bytes, chunk])));
    stream.on('error', reject);
    stream.on('close', () => resolve(answer));
  });
}

const call = (session: ClientHttp2Session, body: Buffer, headers: Record<string, string> = {}): Promise<Answered> => {
  const stream = begin(session, headers);
  const answer = answerOf(stream);
  stream.end(body);
  return answer;
};

describe('the gRPC server', () => {
  test('answers a call; thousands on one connection, many at a time', async () => {
    const { port } = await serve((each) => each.end(each.request));
    const session = open(port);
    const answers = await Promise.all(Array.from({ length: 3000 }, (_, at) => call(session, framed(Buffer.from(`n${at}`)))));
    expect(answers.every((answer, at) => answer.status === '0' && answer.bytes.equals(framed(Buffer.from(`n${at}`))))).toBe(true);
  });

  test('keeps to the windows of its client, also when they change while data is held back', async () => {
    const large = Buffer.alloc(90_000, 'x');
    const { port } = await serve((each) => each.end(large));
    const session = open(port, { initialWindowSize: 1000 });
    const stream = begin(session);
    const answer = answerOf(stream);
    stream.end(framed(Buffer.from('a')));
    session.settings({ initialWindowSize: 30_000 });
    expect(await answer).toMatchObject({ status: '0', bytes: framed(large) });
    expect((await Promise.all(Array.from({ length: 20 }, () => call(session, framed(Buffer.from('b')))))).every(({ status: code, bytes }) => code === '0' && bytes.length === large.length + 5)).toBe(true);
  });

  test('tells a handler to wait for a client that does not read, and goes on when it does', async () => {
    let written = 0;
    let waited = 0;
    const { port } = await serve((each) => {
      void (async () => {
        for (; written < 50; written += 1) {
          if (each.write(Buffer.alloc(10_000))) continue;
          waited += 1;
          await each.drained();
        }
        each.end();
      })();
    });
    const stream = begin(open(port, { initialWindowSize: 20_000 }));
    stream.pause();
    stream.end(framed(Buffer.from('a')));
    await expect.poll(() => waited).toBe(1);
    expect(written).toBeLessThan(50);
    const answer = answerOf(stream);
    stream.resume();
    const { status: code, bytes } = await answer;
    expect([code, bytes.length]).toEqual(['0', 50 * 10_005]);
  });

  test('refuses a message beyond the limit before it has come whole, and goes on with the connection', async () => {
    const { port } = await serve((each) => each.end(each.request));
    const session = open(port);
    expect(await call(session, framed(Buffer.alloc(MAX_BYTES + 1)))).toMatchObject({ status: String(status.RESOURCE_EXHAUSTED), message: expect.stringContaining('larger than max') });
    expect(await call(session, framed(Buffer.alloc(MAX_BYTES)))).toMatchObject({ status: '0' });
  });

  test('reads messages compressed by gzip, refuses other ways and bombs', async () => {
    const { port } = await serve((each) => each.end(each.request));
    const session = open(port);
    expect(await call(session, framed(gzipSync('hello'), 1), { 'grpc-encoding': 'gzip' })).toMatchObject({ status: '0', bytes: framed(Buffer.from('hello')) });
    expect(await call(session, framed(Buffer.from('x'), 1), { 'grpc-encoding': 'br' })).toMatchObject({ status: String(status.UNIMPLEMENTED) });
    expect(await call(session, framed(gzipSync(Buffer.alloc(10 * MAX_BYTES)), 1), { 'grpc-encoding': 'gzip' })).toMatchObject({ status: String(status.RESOURCE_EXHAUSTED) });
  });

  test('gives a refusal with its status and words, however long and in any script', async () => {
    const words = '不行 100%\n'.repeat(800);
    const { port } = await serve((each) => each.fail(new RpcError(status.FAILED_PRECONDITION, String(each.request) === 'long' ? words : '不行 100%')));
    const session = open(port, { maxHeaderListSize: 1_000_000 });
    expect(await call(session, framed(Buffer.from('short')))).toMatchObject({ status: '9', message: '不行 100%' });
    expect(await call(session, framed(Buffer.from('long')))).toMatchObject({ status: '9', message: words });
  });

  test('says what is no method, no gRPC, no message', async () => {
    const { port } = await serve((each) => each.end(each.request));
    const session = open(port);
    expect(await call(session, framed(Buffer.from('a')), { path: '/t.T/Nothing' })).toMatchObject({ status: String(status.UNIMPLEMENTED), message: expect.stringContaining('/t.T/Nothing') });
    expect(await call(session, Buffer.from('a'), { 'content-type': 'text/plain' })).toMatchObject({ httpStatus: 415 });
    expect(await call(session, Buffer.from('ab'))).toMatchObject({ status: String(status.INTERNAL) });
  });

  test('ends a call at the deadline its client has set, and tells the handler', async () => {
    let told = 0;
    const { port } = await serve((each) => each.onCancelled(() => (told += 1)));
    expect(await call(open(port), framed(Buffer.from('a')), { 'grpc-timeout': '50m' })).toMatchObject({ status: String(status.DEADLINE_EXCEEDED) });
    expect(told).toBe(1);
  });

  test('tells the handler when the client gives up, and when it vanishes', async () => {
    let waiting = 0;
    let told = 0;
    const { port } = await serve((each) => {
      waiting += 1;
      each.onCancelled(() => (told += 1));
    });
    const session = open(port);
    const one = begin(session).end(framed(Buffer.from('a')));
    one.on('error', () => undefined);
    begin(session).end(framed(Buffer.from('b'))).on('error', () => undefined);
    await expect.poll(() => waiting).toBe(2);
    one.close(constants.NGHTTP2_CANCEL);
    await expect.poll(() => told).toBe(1);
    session.destroy();
    await expect.poll(() => told).toBe(2);
  });

  test('stops by letting calls under way end; new ones are for another', async () => {
    const calls: Call[] = [];
    const { server, port } = await serve((each) => void calls.push(each));
    const session = open(port);
    let goaway = false;
    session.on('goaway', () => (goaway = true));
    const answer = call(session, framed(Buffer.from('a')));
    await expect.poll(() => calls.length).toBe(1);
    const stopped = server.stop();
    await expect.poll(() => goaway).toBe(true);
    calls[0]!.end(Buffer.from('done'));
    expect(await answer).toMatchObject({ status: '0', bytes: framed(Buffer.from('done')) });
    await stopped;
  });

  test('asks a silent client whether it is there, and lets go of one that does not answer', async () => {
    const { port } = await serve((each) => each.end(each.request), { keepAliveMs: 50, keepAliveAnswerMs: 50 });
    const session = open(port);
    const dumb = connectTcp(port, '127.0.0.1');
    ends.push(() => void dumb.destroy());
    let gone = false;
    dumb.on('close', () => (gone = true));
    dumb.resume();
    dumb.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    await expect.poll(() => gone, { timeout: 20_000 }).toBe(true);
    expect(session.closed).toBe(false);
    expect(await call(session, framed(Buffer.from('a')))).toMatchObject({ status: '0' });
  });

  test.each([
    ['no HTTP/2', 'GET / HTTP/1.1\r\nhost: a\r\n\r\n      ', 1],
    ['a frame larger than allowed', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\x00\x00\x00\x00\x00\x01`, 6],
    ['data without a stream', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x01\x00\x00\x00\x00\x00\x00x`, 1],
    ['headers that cannot be read', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x01\x01\x05\x00\x00\x00\x01\x80`, 9],
  ])('ends a connection that sends %s, with the reason; others go on', async (_what, bytes, code) => {
    const { port } = await serve((each) => each.end(each.request));
    const session = open(port);
    const received = await new Promise<Buffer>((resolve) => {
      const socket = connectTcp(port, '127.0.0.1');
      let all = Buffer.alloc(0);
      socket.on('data', (chunk) => (all = Buffer.concat([all, chunk])));
      socket.on('close', () => resolve(all));
      socket.on('error', () => undefined);
      socket.write(Buffer.from(bytes, 'latin1'));
    });
    const goaway = received.indexOf(Buffer.from([7, 0, 0, 0, 0, 0]));
    expect(received.readUInt32BE(goaway + 10)).toBe(code);
    expect(await call(session, framed(Buffer.from('a')))).toMatchObject({ status: '0' });
  });
});
