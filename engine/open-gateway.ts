import { readFile } from 'node:fs/promises';
import type { Clock } from './contract/clock.ts';
import { StartError, type GatewayConfig } from './config.ts';
import { tokenCheck } from './gateway/bearer-tokens.ts';
import { startGateway, type Gateway } from './gateway/gateway-service.ts';
import { startRest } from './gateway/rest/rest-service.ts';
import type { GatewayBroker } from './gateway/rpc.ts';

export interface OpenGateway extends Gateway {
  /** Where the product's own rooms speak to the engine: plain text on loopback. */
  ownAddress: string;
  /** `host:port` of the REST routes for the product's own rooms. */
  ownRestAddress: string;
}

/** Starts the gateway as it is configured. One that asks for TLS or tokens has a second door, on loopback and a free port, for the product itself. */
export async function openGateway({ broker, clock, config }: { broker: GatewayBroker; clock: Clock; config: GatewayConfig }): Promise<OpenGateway> {
  const tls = config.tls === undefined ? undefined : { cert: await readPem(config.tls.certFile, 'GATEWAY_TLS_CERT'), key: await readPem(config.tls.keyFile, 'GATEWAY_TLS_KEY'), ...(config.tls.clientCaFile === undefined ? {} : { clientCa: await readPem(config.tls.clientCaFile, 'GATEWAY_TLS_CLIENT_CA') }) };
  const checkToken = config.tokens === undefined ? undefined : tokenCheck(config.tokens, () => clock.now());
  const context = { broker, clock };
  const outside = { ...context, host: config.host, multiTenancy: config.multiTenancy, ...(tls === undefined ? {} : { tls }), ...(checkToken === undefined ? {} : { checkToken }) };
  const doors: Gateway[] = [];
  const stop = async (): Promise<void> => {
    for (const door of doors.reverse()) await door.stop();
  };
  try {
    doors.push(await startGateway({ ...outside, port: config.port }));
    if (config.restPort !== undefined) doors.push(await startRest({ ...outside, port: config.restPort }));
    const open = tls === undefined && checkToken === undefined && !config.multiTenancy;
    if (!open) doors.push(await startGateway({ ...context, port: 0 }));
    const ownAddress = open ? doors[0]!.address : doors.at(-1)!.address;
    const ownRest = await startRest({ ...context, port: 0 });
    doors.push(ownRest);
    return { address: doors[0]!.address, ownAddress, ownRestAddress: ownRest.address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readPem(file: string, setting: string): Promise<Buffer> {
  const pem = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new StartError(`无法读取 ${setting}=${file}（${cause.code ?? cause.message}）。 / ${setting}=${file} cannot be read (${cause.code ?? cause.message}).`, { cause });
  });
  if (!pem.includes('-----BEGIN ')) throw new StartError(`${setting}=${file} 不是 PEM 文件。 / ${setting}=${file} is not a PEM file.`);
  return pem;
}
