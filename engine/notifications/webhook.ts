import { createHmac } from 'node:crypto';

/** One short message for a gateway outside (SMS or app push). */
export interface WebhookMessage {
  /** Same for every attempt; the gateway drops doubles by it. */
  id: string;
  channel: 'sms' | 'app';
  to: string;
  text: string;
}

export interface WebhookOptions {
  url: string;
  /** Shared secret of the signature. */
  secret: string;
  /** Attempts in all. @default 3 */
  attempts?: number;
  /** Pause before the second attempt in ms; doubles each time. @default 500 */
  pauseMs?: number;
}

/** Hands a message to the institution's SMS or app gateway. */
export interface WebhookTransport {
  /** @throws when every attempt was refused or timed out */
  send(message: WebhookMessage): Promise<void>;
}

/**
 * POSTs JSON with `X-Guicheng-Signature: sha256=<hex>`, the HMAC of `<timestamp>.<body>` (timestamp in `X-Guicheng-Timestamp`,
 * epoch seconds). Anything but 2xx is tried again; 4xx other than 408 and 429 is not.
 */
export function webhookTransport({ url, secret, attempts = 3, pauseMs = 500 }: WebhookOptions): WebhookTransport {
  return {
    async send(message) {
      const body = JSON.stringify(message);
      for (let attempt = 1; ; attempt += 1) {
        const problem = await post(url, secret, body, message.id);
        if (problem === null) return;
        if (!problem.again || attempt >= attempts) throw new Error(`the ${message.channel} gateway did not take message ${message.id}: ${problem.reason}`);
        await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (attempt - 1)));
      }
    },
  };
}

/** Signature as the receiver recomputes it. */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

async function post(url: string, secret: string, body: string, id: string): Promise<{ reason: string; again: boolean } | null> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': id, 'x-guicheng-timestamp': timestamp, 'x-guicheng-signature': signWebhook(secret, timestamp, body) },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.ok) return null;
    return { reason: `HTTP ${answer.status}`, again: answer.status >= 500 || answer.status === 408 || answer.status === 429 };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error), again: true };
  }
}
