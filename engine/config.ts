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
  GATEWAY_HOST: z.string().min(1).default('127.0.0.1'),
  GATEWAY_PORT: port(26_500),
  GATEWAY_REST_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  GATEWAY_TLS_CERT: z.string().optional(),
  GATEWAY_TLS_KEY: z.string().optional(),
  GATEWAY_TLS_CLIENT_CA: z.string().optional(),
  GATEWAY_TOKEN_JWKS_URL: z.url().optional(),
  GATEWAY_TOKEN_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  GATEWAY_TOKEN_AUDIENCE: z.string().optional(),
  GATEWAY_TOKEN_ISSUER: z.string().optional(),
  GATEWAY_TOKEN_TENANTS_CLAIM: z.string().optional(),
  GATEWAY_MULTI_TENANCY: z.enum(['true', 'false']).default('false'),
  DATA_DIR: z.string().min(1).optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://').optional(),
  PUBLIC_URL: z.url().optional(),
  TIME_ZONE: z.string().default('Asia/Shanghai'),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://').optional(),
  MAIL_FROM: z.string().optional(),
  SMS_WEBHOOK_URL: z.url().optional(),
  SMS_WEBHOOK_SECRET: z.string().optional(),
  HISTORY_DAYS: z.coerce.number().int().min(0).max(36_500).default(1100),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('warn'),
});

/** The product's settings. */
export interface Config {
  host: string;
  port: number;
  gateway: GatewayConfig;
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
  /** Days for which ended process instances are kept; 0: for ever. */
  historyDays: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** True when only this machine can reach the pages: the sample people may then sign in with one click. */
  loopback: boolean;
}

/** How clients of the engine reach it, and who is let in. */
export interface GatewayConfig {
  host: string;
  port: number;
  /** REST of the gateway: topology and user tasks; off unless set. */
  restPort: number | undefined;
  /** Files in PEM; `clientCa` asks clients for certificates. */
  tls: { certFile: string; keyFile: string; clientCaFile: string | undefined } | undefined;
  /** Bearer tokens that every call has to carry. */
  tokens: { jwksUrl?: string; secret?: string; audience?: string; issuer?: string; tenantsClaim?: string } | undefined;
  multiTenancy: boolean;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

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
    gateway: readGateway(value, root),
    dataDir: path.resolve(root, value.DATA_DIR ?? '.data'),
    databaseUrl: value.DATABASE_URL,
    publicUrl: value.PUBLIC_URL,
    zone: value.TIME_ZONE,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    smsWebhookUrl: value.SMS_WEBHOOK_URL,
    smsWebhookSecret: value.SMS_WEBHOOK_SECRET,
    historyDays: value.HISTORY_DAYS,
    logLevel: value.LOG_LEVEL,
    loopback: isLoopback(value.HOST),
  };
}

function readGateway(value: z.infer<typeof settings>, root: string): GatewayConfig {
  const { GATEWAY_TLS_CERT: cert, GATEWAY_TLS_KEY: key, GATEWAY_TLS_CLIENT_CA: clientCa, GATEWAY_TOKEN_JWKS_URL: jwksUrl, GATEWAY_TOKEN_SECRET: secret } = value;
  if ((cert === undefined) !== (key === undefined)) throw new StartError('GATEWAY_TLS_CERT 和 GATEWAY_TLS_KEY 需要同时设置。 / GATEWAY_TLS_CERT and GATEWAY_TLS_KEY have to be set together.');
  if (clientCa !== undefined && cert === undefined) throw new StartError('GATEWAY_TLS_CLIENT_CA 需要 GATEWAY_TLS_CERT 和 GATEWAY_TLS_KEY。 / GATEWAY_TLS_CLIENT_CA needs GATEWAY_TLS_CERT and GATEWAY_TLS_KEY.');
  if (jwksUrl !== undefined && secret !== undefined) throw new StartError('GATEWAY_TOKEN_JWKS_URL 和 GATEWAY_TOKEN_SECRET 只能设置一个。 / Set one of GATEWAY_TOKEN_JWKS_URL and GATEWAY_TOKEN_SECRET, not both.');
  const asked = jwksUrl !== undefined || secret !== undefined;
  if (!isLoopback(value.GATEWAY_HOST) && (cert === undefined || (!asked && clientCa === undefined))) {
    throw new StartError(`GATEWAY_HOST=${value.GATEWAY_HOST} 可被其他机器访问：需要 TLS（GATEWAY_TLS_CERT、GATEWAY_TLS_KEY）以及客户端证书（GATEWAY_TLS_CLIENT_CA）或令牌（GATEWAY_TOKEN_…）。 / GATEWAY_HOST=${value.GATEWAY_HOST} can be reached by other machines: it needs TLS (GATEWAY_TLS_CERT, GATEWAY_TLS_KEY) and either client certificates (GATEWAY_TLS_CLIENT_CA) or tokens (GATEWAY_TOKEN_…).`);
  }
  return {
    host: value.GATEWAY_HOST,
    port: value.GATEWAY_PORT,
    restPort: value.GATEWAY_REST_PORT,
    tls: cert === undefined || key === undefined ? undefined : { certFile: path.resolve(root, cert), keyFile: path.resolve(root, key), clientCaFile: clientCa === undefined ? undefined : path.resolve(root, clientCa) },
    tokens: asked ? { ...(jwksUrl === undefined ? {} : { jwksUrl }), ...(secret === undefined ? {} : { secret }), ...(value.GATEWAY_TOKEN_AUDIENCE === undefined ? {} : { audience: value.GATEWAY_TOKEN_AUDIENCE }), ...(value.GATEWAY_TOKEN_ISSUER === undefined ? {} : { issuer: value.GATEWAY_TOKEN_ISSUER }), ...(value.GATEWAY_TOKEN_TENANTS_CLAIM === undefined ? {} : { tenantsClaim: value.GATEWAY_TOKEN_TENANTS_CLAIM }) } : undefined,
    multiTenancy: value.GATEWAY_MULTI_TENANCY === 'true',
  };
}
