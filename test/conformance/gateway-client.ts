import { credentials, Metadata, status, type Client, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js';
import { gatewayProtocol } from '../../engine/protocol/gateway-protocol.ts';

type Rpc = (request: object, metadata: Metadata, callback?: (error: ServiceError | null, response: unknown) => void) => ClientReadableStream<unknown>;
type Stub = Client & Record<string, Rpc>;

/** What an rpc came to: its response, or the status it was refused with. */
export type Outcome<Response> = { ok: true; response: Response } | { ok: false; code: string; message: string };

/** As whom a client speaks, with multi-tenancy. */
export interface Speaker {
  /** Bearer token. */
  token: string;
  /** Named by every request that does not name another; '' names none. */
  tenantId: string;
}

/** The bare gateway protocol, no retries and no conveniences. */
export class GatewayClient {
  private readonly stub: Stub;
  private readonly speaker: Speaker | undefined;
  private readonly metadata = new Metadata();

  constructor(address: string, speaker?: Speaker) {
    this.speaker = speaker;
    if (speaker !== undefined) this.metadata.set('authorization', `Bearer ${speaker.token}`);
    this.stub = new gatewayProtocol.Client(address, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 }) as Stub;
  }

  close(): void {
    this.stub.close();
  }

  /** Calls an rpc that answers once. */
  call<Response>(rpc: string, request: object): Promise<Outcome<Response>> {
    return new Promise((resolve) => {
      this.stub[rpc]!(this.naming(request), this.metadata, (error, response) => resolve(error === null ? { ok: true, response: response as Response } : refusal(error)));
    });
  }

  /** Calls an rpc that streams, and reads it to its end. */
  stream<Message>(rpc: string, request: object): Promise<Outcome<Message[]>> {
    return new Promise((resolve) => {
      const messages: Message[] = [];
      const call = this.stub[rpc]!(this.naming(request), this.metadata);
      call.on('data', (message: Message) => void messages.push(message));
      call.on('error', (error: ServiceError) => resolve(refusal(error)));
      call.on('end', () => resolve({ ok: true, response: messages }));
    });
  }

  /** Opens a stream and leaves it open. */
  open(rpc: string, request: object): ClientReadableStream<unknown> {
    const call = this.stub[rpc]!(this.naming(request), this.metadata);
    call.on('error', (error: ServiceError) => {
      if (error.code !== status.CANCELLED) throw error;
    });
    return call;
  }

  /** The request with the speaker's tenant, where it has none. */
  private naming(request: object): object {
    if (this.speaker === undefined || this.speaker.tenantId === '') return request;
    const { tenantId } = this.speaker;
    return 'request' in request ? { ...request, request: { tenantId, ...(request.request as object) } } : { tenantId, tenantIds: [tenantId], ...request };
  }
}

const refusal = (error: ServiceError): { ok: false; code: string; message: string } => ({ ok: false, code: status[error.code], message: error.details });
