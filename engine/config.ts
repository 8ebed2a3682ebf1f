import path from 'node:path';
import { z } from 'zod';

/** The product cannot start. The message is one sentence for the person at the terminal. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port(3000),
  GATEWAY_PORT: port(26_500),
  DATA_DIR: z.string().min(1).optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://').optional(),
  PUBLIC_URL: z.url().optional(),
  TIME_ZONE: z.string().default('Asia/Shanghai'),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://').optional(),
  MAIL_FROM: z.string().optional(),
  SMS_WEBHOOK_URL: z.url().optional(),
  SMS_WEBHOOK_SECRET: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('warn'),
});

/** The product's settings. */
export interface Config {
  host: string;
  port: number;
  gatewayPort: number;
  dataDir: string;
  /** A PostgreSQL server in place of the embedded one. */
  databaseUrl: string | undefined;
  /** Where people and customers reach the pages. */
  publicUrl: string | undefined;
  zone: string;
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  /** Gateway for text and app messages, and the secret it checks requests with. */
  smsWebhookUrl: string | undefined;
  smsWebhookSecret: string | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** True when only this machine can reach the pages: the sample people may then sign in with one click. */
  loopback: boolean;
}

/** Reads the settings from environment variables. Throws StartError naming the one that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, root: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const read = settings.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0]!;
    throw new StartError(`设置 ${issue.path.join('.')}=${given[String(issue.path[0])] ?? ''} 无效：${issue.message}。 / The setting ${issue.path.join('.')} is not valid: ${issue.message}.`);
  }
  const value = read.data;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value.TIME_ZONE });
  } catch (cause) {
    throw new StartError(`设置 TIME_ZONE=${value.TIME_ZONE} 不是时区名。 / TIME_ZONE=${value.TIME_ZONE} is not the name of a time zone.`, { cause });
  }
  return {
    host: value.HOST,
    port: value.PORT,
    gatewayPort: value.GATEWAY_PORT,
    dataDir: path.resolve(root, value.DATA_DIR ?? '.data'),
    databaseUrl: value.DATABASE_URL,
    publicUrl: value.PUBLIC_URL,
    zone: value.TIME_ZONE,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    smsWebhookUrl: value.SMS_WEBHOOK_URL,
    smsWebhookSecret: value.SMS_WEBHOOK_SECRET,
    logLevel: value.LOG_LEVEL,
    loopback: value.HOST === 'localhost' || value.HOST === '::1' || value.HOST.startsWith('127.'),
  };
}
