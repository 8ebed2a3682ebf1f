import { createTransport } from 'nodemailer';

/** One mail to leave. */
export interface OutgoingMail {
  to: string;
  subject: string;
  text: string;
  /** Same for every attempt of the same message, so a mail server or reader can drop a double. */
  messageId: string;
}

/** A way out for mail. */
export interface MailTransport {
  /** @throws when the server refuses or cannot be reached */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/** Mail by SMTP. `url` as `smtp://user:password@host:587` or `smtps://…`; `from` is the sender's address. */
export function smtpTransport(url: string, from: string): MailTransport {
  const parsed = new URL(url);
  const transport = createTransport({
    host: parsed.hostname,
    port: Number(parsed.port || (parsed.protocol === 'smtps:' ? 465 : 587)),
    secure: parsed.protocol === 'smtps:',
    ...(parsed.username === '' ? {} : { auth: { user: decodeURIComponent(parsed.username), pass: decodeURIComponent(parsed.password) } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    async send(mail) {
      await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text, messageId: mail.messageId });
    },
    close: () => transport.close(),
  };
}
